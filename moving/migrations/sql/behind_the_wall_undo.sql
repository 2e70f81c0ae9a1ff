SELECT wall_away('moving_councilkey');
SELECT wall_away('moving_knowncouncil');
SELECT wall_away('moving_arrival');
SELECT wall_away('moving_move');
