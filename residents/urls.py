from django.urls import path

from residents import printing

urlpatterns = [
    path("households/<int:pk>/card.pdf", printing.household_card, name="household-card"),
]
