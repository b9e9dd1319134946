from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out


class AccountsConfig(AppConfig):
    name = "relier.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import journal_words, stays  # noqa: F401  (the first declares what is said)

        # Django says it whatever door was taken: a password, an invitation, the demonstration.
        user_logged_in.connect(
            lambda request, user, **_: stays.begin(request, user), weak=False, dispatch_uid=ID
        )
        user_logged_out.connect(
            lambda request, **_: stays.forget(request.session), weak=False, dispatch_uid=ID
        )


ID = "relier.accounts.stays"
