SELECT wall_away('jobs_job');
