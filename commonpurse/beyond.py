"""
The addresses that must look further than the wall lets whoever asks, each with its reason (ADR 34).

They rest on the first wall alone, so they are few. Add one only where nothing narrower will do.
"""

FOR_ANYBODY = {
    "reports:find": "Anybody may look for a cluster, whichever council it is in.",
    "reports:outside": "Anybody may see a cluster from outside, whichever council it is in.",
    "clusters:invited": "Whoever was given a code may be anybody: which cluster it is for is found by the code.",
    "clusters:invited-with": "The same, by a link.",
    "api-token": "A system is found by its client id.",
}
# A whole family of addresses, by how their names begin.
FAMILIES_FOR_ANYBODY = {
    "invoices-api:": "A system is found by its token; from then on it is behind the wall of its provider.",
}
FOR_STRANGERS = {
    "account_": "Whoever signs in is found by their address, and what they must show by what they do, and for whom.",
    "mfa_": "The same, at the second step.",
    "openid_connect_": "The same, for whoever comes with the account their council gave them.",
}


def is_beyond(place: str, *, is_stranger: bool) -> bool:
    """Tell whether the address of this name looks further than the wall lets whoever asks, a stranger or not."""
    families = [*FAMILIES_FOR_ANYBODY, *(FOR_STRANGERS if is_stranger else ())]
    return place in FOR_ANYBODY or place.startswith(tuple(families))
