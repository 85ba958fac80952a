"""The addresses of the desk that stand outside ``/desk/``: the doors. allauth asks for some by names of its own."""

from django.urls import path

from xinqiao.desk import office_door, second_step, signing_in

urlpatterns = [
    path("sign-in", signing_in.sign_in, name="account_login"),
    path("sign-in", signing_in.sign_in, name="sign-in"),
    path("sign-in/code", second_step.second_step, name="mfa_authenticate"),
    path("sign-in/passkey", second_step.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/office", office_door.office_sign_in, name="office-sign-in"),
    path("sign-in/office/back", office_door.office_back, {"provider_id": "office"}, name="openid_connect_callback"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
]
