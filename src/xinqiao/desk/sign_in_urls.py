"""The two addresses of the desk that stand outside ``/desk/``."""

from django.urls import path

from xinqiao.desk import signing_in

urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign-in"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
]
