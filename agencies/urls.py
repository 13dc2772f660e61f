from django.urls import path

from agencies import views

urlpatterns = [
    path("", views.home, name="home"),
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("tro-giup/", views.help, name="help"),
]
