"""Addresses of inquiry."""

from django.urls import path

from .views import problems, testimonies, ties

app_name = "inquiry"
urlpatterns = [
    path("", problems.problem_list, name="problems"),
    path("problems/new/", problems.problem_new, name="problem_new"),
    path("problems/<uuid:pk>/", problems.problem_read, name="problem"),
    path("problems/<uuid:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("problems/<uuid:pk>/earlier/", problems.problem_earlier, name="problem_earlier"),
    path(
        "problems/<uuid:pk>/earlier/<int:number>/back/",
        problems.problem_go_back,
        name="problem_go_back",
    ),
    path("problems/<uuid:pk>/found/", ties.found, name="found"),
    path("problems/<uuid:pk>/link/", ties.link, name="link"),
    path("passages/<int:pk>/untie/", ties.found_no_more, name="found_no_more"),
    path("links/<int:pk>/untie/", ties.unlink, name="unlink"),
    path("questions/<str:opening>/take-up/", problems.take_up, name="take_up"),
    path("questions/<str:opening>/aside/", problems.put_aside, name="put_aside"),
    path("questions/<str:opening>/back/", problems.bring_back, name="bring_back"),
    path("testimonies/", testimonies.testimony_list, name="testimonies"),
    path("testimonies/new/", testimonies.testimony_new, name="testimony_new"),
    path("testimonies/<uuid:pk>/", testimonies.testimony_read, name="testimony"),
    path("testimonies/<uuid:pk>/withdraw/", testimonies.testimony_withdraw, name="withdraw"),
    path("testimonies/code/<str:seal>/", testimonies.given, name="given"),
    path("drafts/<uuid:pk>/", testimonies.draft_read, name="draft"),
    path("drafts/<uuid:pk>/edit/", testimonies.draft_edit, name="draft_edit"),
    path("drafts/<uuid:pk>/give/", testimonies.draft_give, name="draft_give"),
    path("drafts/<uuid:pk>/throw/", testimonies.draft_throw, name="draft_throw"),
]
