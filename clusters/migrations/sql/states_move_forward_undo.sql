-- states_move_forward_undo.sql: takes the triggers away again.
DROP TRIGGER clusters_membership_moves_forward ON clusters_membership;
DROP TRIGGER clusters_cluster_moves_forward ON clusters_cluster;
DROP FUNCTION clusters_check_membership, clusters_check_cluster, clusters_membership_may_become,
    clusters_cluster_may_become;
