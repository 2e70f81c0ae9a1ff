DROP FUNCTION wall_away, wall_around_part, wall_around, wall_lets;
