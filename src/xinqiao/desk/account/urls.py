"""Addresses under ``/desk/account``."""

from django.urls import path

from xinqiao.desk.account import deputies, factors, overview, password

urlpatterns = [
    path("account", overview.account, name="account"),
    path("account/confirm", password.confirm_page, name="confirm"),
    path("account/password", password.password, name="password"),
    path("account/authenticator", factors.authenticator, name="authenticator"),
    path("account/passkeys", factors.passkeys, name="passkeys"),
    path("account/codes", factors.codes, name="codes"),
    path("account/factors/<int:pk>/remove", factors.remove_factor, name="remove-factor"),
    path("account/sessions/end", overview.end_sessions, name="end-sessions"),
    path("account/deputies/<int:pk>", deputies.deputies, name="deputies"),
    path("account/deputies/<int:pk>/end", deputies.end_deputy, name="end-deputy"),
    path("account/sign-ins", overview.sign_ins, name="sign-ins"),
]
