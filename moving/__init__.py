"""People who move to another council: what goes along, sealed and signed, and how their care goes on there."""
