"""Commands about plans: the resource allocation system they begin with."""
