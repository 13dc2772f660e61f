"""Signing in and out, the way to one's first page, help."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from agencies.forms import SignInForm
from agencies.models import Role
from agencies.permissions import Permission, UserRequest, public, requires

FIRST_PAGE = {
    Role.AGENCY_STAFF: "my_work",
    Role.AGENCY_HEAD: "my_work",
    Role.OFFICER: "dashboard",
    Role.LEADER: "leadership",
    Role.ADMINISTRATOR: "admin:index",
}


@requires(Permission.USE_PORTAL)
@require_safe
def home(request: UserRequest) -> HttpResponse:
    return redirect(FIRST_PAGE[Role(request.user.role)])


class _SignIn(LoginView):
    form_class = SignInForm
    template_name = "registration/sign_in.html"
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


sign_in = public("people are not signed in yet")(_SignIn.as_view())
sign_out = requires(Permission.USE_PORTAL)(LogoutView.as_view(next_page=reverse_lazy("sign_in")))


@requires(Permission.USE_PORTAL)
@require_safe
def help(request: HttpRequest) -> HttpResponse:
    return render(request, "agencies/help.html")
