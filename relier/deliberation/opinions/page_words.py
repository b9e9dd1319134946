"""The words of the page, in English and in French, side by side: an engine knows no catalogue.

Plain: a worker reads them aloud to a room. A gap is named between braces.
"""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("What the group thinks", "Ce que pense le groupe"),
    "people": (
        "{people} people answered, on {statements} statements.",
        "{people} personnes ont répondu, sur {statements} phrases.",
    ),
    "nobody": ("Nobody has answered yet.", "Personne n’a encore répondu."),
    "in_short": ("In short", "En bref"),
    "too_few": (
        "There are too few answers to tell whether there are several ways of seeing.",
        "Il y a trop peu de réponses pour dire s’il y a plusieurs façons de voir.",
    ),
    "none": (
        "We see no distinct ways of seeing. People differ, but not as groups.",
        "Nous ne voyons pas de façons de voir distinctes : les avis diffèrent, sans groupes.",
    ),
    "camps": (
        "We see {groups} ways of seeing, of at least {least} people each.",
        "Nous voyons {groups} façons de voir, d’au moins {least} personnes chacune.",
    ),
    "spectrum": (
        "Opinions go gradually from one end to the other. There is no border between groups.",
        "Les avis vont peu à peu d’un bout à l’autre. Il n’y a pas de frontière entre des groupes.",
    ),
    "more_people": (
        "Ask more people: at least twelve.",
        "Demandez à plus de personnes : au moins douze.",
    ),
    "more_statements": (
        "Ask on more statements: at least fifteen.",
        "Proposez plus de phrases : au moins quinze.",
    ),
    "more_answers": (
        "Ask everyone on most of the statements.",
        "Faites répondre chaque personne à la plupart des phrases.",
    ),
    "no_group_large_enough": (
        "There is a pattern, but no two groups are large enough to be shown.",
        "Il y a un motif, mais pas deux groupes assez grands pour être montrés.",
    ),
    "a_few_answer_alike": (
        "A few people answered nearly alike. They are counted in every total; they do not make a "
        "group, and do not decide alone what is agreed.",
        "Quelques personnes ont répondu presque pareil. Elles comptent dans chaque total ; elles "
        "ne font pas un groupe, et ne décident pas seules de ce qui fait accord.",
    ),
    "agreed": ("What everyone agrees on", "Ce qui fait accord"),
    "agreed_none": (
        "No statement is agreed by everyone for sure.",
        "Aucune phrase ne fait accord à coup sûr.",
    ),
    "agree_label": ("Everyone rather agrees", "Tout le monde est plutôt d’accord"),
    "disagree_label": ("Everyone rather disagrees", "Tout le monde est plutôt contre"),
    "divides": ("What divides", "Ce qui divise"),
    "divides_none": (
        "No statement divides the groups for sure.",
        "Aucune phrase ne divise les groupes à coup sûr.",
    ),
    "ways": ("The ways of seeing", "Les façons de voir"),
    "way": ("Group {id}: {size} people", "Groupe {id} : {size} personnes"),
    "tells": ("What sets it apart:", "Ce qui le distingue :"),
    "tells_none": (
        "No statement sets it apart for sure.",
        "Aucune phrase ne le distingue à coup sûr.",
    ),
    "ends": ("From one end to the other", "D’un bout à l’autre"),
    "end": ("More agreement at one end:", "Plus d’accord d’un côté :"),
    "other_end": ("More agreement at the other end:", "Plus d’accord de l’autre côté :"),
    "all": ("Every statement", "Toutes les phrases"),
    "statement": ("Statement", "Phrase"),
    "agree": ("agree", "d’accord"),
    "disagree": ("disagree", "pas d’accord"),
    "pass": ("do not know", "ne savent pas"),
    "unclear": ("unclear", "pas clair"),
    "unseen": ("not seen", "pas vu"),
    "hidden": (
        "Fewer than five people answered: nothing is shown.",
        "Moins de cinq personnes ont répondu : rien n’est montré.",
    ),
    "not_yet": (
        "Too few people answered, or too few are counted for now: nothing is shown.",
        "Trop peu de personnes ont répondu, ou trop peu sont comptées pour l’instant : rien n’est "
        "montré.",
    ),
    "all_agree": (
        "Nearly all those who answered agree.",
        "Presque toutes les personnes qui ont répondu sont d’accord.",
    ),
    "all_disagree": (
        "Nearly all those who answered disagree.",
        "Presque toutes les personnes qui ont répondu sont contre.",
    ),
    "all_pass": (
        "Hardly anyone who answered knows.",
        "Presque aucune des personnes qui ont répondu ne sait.",
    ),
    "all_unclear": (
        "Hardly anyone who answered finds it clear.",
        "Presque aucune des personnes qui ont répondu ne trouve cela clair.",
    ),
    "unknown": ("What we do not know yet", "Ce que nous ne savons pas encore"),
    "unknown_many": (
        "{passes} of {seen} do not know, or find it unclear.",
        "{passes} sur {seen} ne savent pas, ou ne trouvent pas cela clair.",
    ),
    "unknown_none": (
        "On each statement, most people gave an opinion.",
        "Sur chaque phrase, la plupart ont donné un avis.",
    ),
    "table": ("As a table", "En tableau"),
    "group_hidden": (
        "By group, nothing is shown: too few people of a group answered.",
        "Par groupe, rien n’est montré : trop peu de personnes d’un groupe ont répondu.",
    ),
    "why": ("Why?", "Pourquoi ?"),
    "why_gate": (
        "We drew {chains} other tables with the same total for each person and each statement. "
        "{beaten} were at least as patterned as yours: ({beaten} + 1) / ({chains} + 1) = {p}. "
        "Under 0.05, we look for ways of seeing.",
        "Nous avons tiré {chains} autres tableaux avec le même total pour chaque personne et "
        "chaque phrase. {beaten} ont un motif au moins aussi net que le vôtre : "
        "({beaten} + 1) / ({chains} + 1) = {p}. Sous 0,05, nous cherchons des façons de voir.",
    ),
    "why_shuffled": (
        "We drew a thousand other tables with the same total for each person and each statement. "
        "We look for ways of seeing only where fewer than one in twenty is as patterned as yours. "
        "The exact figure is not published: by trying many tables, one could find yours.",
        "Nous avons tiré mille autres tableaux avec le même total pour chaque personne et chaque "
        "phrase. Nous cherchons des façons de voir seulement si moins d’un sur vingt a un motif "
        "aussi net que le vôtre. Le chiffre exact n’est pas publié : en essayant beaucoup de "
        "tableaux, on pourrait trouver le vôtre.",
    ),
    "why_share": (
        "{agree} agree of {opinions} opinions: {agree} / {opinions} = {share} %.",
        "{agree} d’accord sur {opinions} avis : {agree} / {opinions} = {share} %.",
    ),
    "why_pass": (
        "{passes} do not know of {seen} who answered: {share} %.",
        "{passes} ne savent pas sur {seen} qui ont répondu : {share} %.",
    ),
    "why_total": (
        "{agree} + {disagree} + {passes} + {unclear} + {unseen} = {people} people.",
        "{agree} + {disagree} + {passes} + {unclear} + {unseen} = {people} personnes.",
    ),
    "why_consensus": (
        "The chance that more than 60 % of every group agrees is {agree}, that it disagrees "
        "{disagree}. From 0.9 on, we say that everyone does; with groups, 0.9 without the few who "
        "answer most alike is enough. For a group with a agreeing and d disagreeing, it is the "
        "part above 0.6 of a Beta(a + 1, d + 1). Groups multiply if they differ on it, which has "
        "a chance of {differ}; else all are counted as one group.",
        "La chance que plus de 60 % de chaque groupe soit d’accord est de {agree}, contre "
        "{disagree}. À partir de 0,9, nous disons que tout le monde l’est ; avec des groupes, "
        "0,9 sans les quelques personnes qui répondent le plus pareil suffit. Pour un groupe avec "
        "a d’accord et d contre, c’est la part au-dessus de 0,6 d’une loi Bêta(a + 1 ; d + 1). Les "
        "groupes se multiplient s’ils diffèrent là-dessus, ce qui a une chance de {differ} ; "
        "sinon, tout le monde compte comme un seul groupe.",
    ),
    "why_divides": (
        "The chance that this statement divides is {chance}, over all the possible groups. "
        "We say so from 0.9 on, when two groups are clearly more than 20 points apart.",
        "La chance que cette phrase divise est de {chance}, sur tous les groupes possibles. Nous "
        "le disons à partir de 0,9, quand deux groupes ont nettement plus de 20 points d’écart.",
    ),
    "by_group": (
        "Group {id}: {agree} agree of {opinions} opinions; the true share is between {low} % and "
        "{high} %, nine times in ten.",
        "Groupe {id} : {agree} d’accord sur {opinions} avis ; la vraie part est entre {low} % et "
        "{high} %, neuf fois sur dix.",
    ),
    "by_group_words": (
        "Group {id}: {word} of {opinions} agree.",
        "Groupe {id} : {word} d’accord, sur {opinions}.",
    ),
    "by_group_none": ("Group {id}: no opinion.", "Groupe {id} : aucun avis."),
    "hardly_any": ("hardly any", "presque personne"),
    "few": ("few", "peu"),
    "divided": ("about half", "environ la moitié"),
    "most": ("most", "la plupart"),
    "nearly_all": ("nearly all", "presque tout le monde"),
    "how": ("How this was computed", "Comment c’est calculé"),
    "how_told": (
        "From the votes alone, without names. The same votes always give the same page. Groups "
        "under {least} people are never shown. A group is a way of answering, not people to name.",
        "À partir des votes seuls, sans noms. Les mêmes votes donnent toujours la même page. Les "
        "groupes de moins de {least} personnes ne sont jamais montrés. Un groupe est une façon de "
        "répondre, pas des personnes à nommer.",
    ),
    "mark": ("Mark of these votes: {digest}", "Empreinte de ces votes : {digest}"),
}
