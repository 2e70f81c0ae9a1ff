"""
The addresses that must look further than the wall lets whoever asks, each with its reason (ADR 34).

They rest on the first wall alone, so they are few. Add one only where nothing narrower will do.
"""

FOR_ANYBODY = {
    "reports:find": "Anybody may look for a cluster, whichever council it is in.",
    "reports:outside": "Anybody may see a cluster from outside, whichever council it is in.",
    "clusters:invited": "Whoever was given a code may be anybody: which cluster it is for is found by the code.",
    "clusters:invited-with": "The same, by a link.",
    "invoices:practice": "A made-up council is made there, which nobody has to do with before.",
    "invoices:pay-practice": "There the made-up council's two officers act, whom a provider is otherwise not shown.",
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


# Tables without a wall: what is in them is no council's.
TABLES_OF_ALL = {
    "people_user": "Whoever signs in, helps or cares is found by their address before anything ties them to a council. "
    "All that does is behind the wall.",
    "people_user_groups": "Of Django's admin; nobody is in a group.",
    "people_user_user_permissions": "Of Django's admin; nobody holds one.",
    "auth_group": "Of Django's admin.",
    "auth_group_permissions": "Of Django's admin.",
    "auth_permission": "Of Django's admin.",
    "django_admin_log": "Of Django's admin, which changes nothing here.",
    "django_content_type": "The names of our models.",
    "django_migrations": "What was done to the tables; the app reads it alone.",
    "django_session": "Read before it is known who asks. A session is found by its key, which is random.",
    "account_emailaddress": "Of signing in: read before it is known who asks.",
    "account_emailconfirmation": "Of signing in.",
    "mfa_authenticator": "Of signing in; the secrets in it are locked.",
    "usersessions_usersession": "Of signing in: where somebody is.",
    "socialaccount_socialaccount": "Of signing in with a council's account.",
    "socialaccount_socialapp": "Of signing in with a council's account.",
    "socialaccount_socialtoken": "Of signing in with a council's account; none is kept.",
    "allauth_idp_oidc_client": "How systems sign in: found by their id; only hashes are kept.",
    "allauth_idp_oidc_token": "How systems sign in: found by its hash, before it is known whose it is.",
    "providers_cqclocation": "The public directory of the Care Quality Commission.",
    "providers_cqcrating": "The public directory of the Care Quality Commission.",
    "invoices_syncepoch": "Which database server noted changes.",
}
