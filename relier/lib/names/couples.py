"""French first names of a man and a woman that sound almost alike.

Written or said, Martin and Martine are one mute *e* apart, like Amin and Amine, which are one
name. No rule of spelling tells these two cases from each other, so the French pairs, which are
few, are listed. Folded letters.
"""

_MEN_AND_WOMEN = """
aime aimee, albert alberte, andre andree, armand armande, augustin augustine, blaise blaisine,
celestin celestine, christian christiane, clement clemence, daniel daniele, daniel danielle,
denis denise, desire desiree, emmanuel emmanuelle, fabien fabienne, fernand fernande, francois
francoise, frederic frederique, gabriel gabrielle, germain germaine, ghislain ghislaine, jean
jeanne, joel joelle, julien julienne, justin justine, laurent laurence, leopold leopoldine, louis
louise, lucien lucienne, marcel marcelle, martin martine, michel michele, michel michelle, noel
noelle, pascal pascale, paul paule, raphael raphaelle, rene renee, roland rolande, romain romaine,
simon simone, sylvain sylvaine, valentin valentine, valery valerie, yvon yvonne, adrien adrienne,
bastien bastienne, damien damienne, gaetan gaetane, josse josee, lionel lionelle, axel axelle
"""

# Each pair as (the shorter, the longer), or in alphabetical order if they are as long.
COUPLES = frozenset(
    tuple(sorted(pair.split(), key=lambda name: (len(name), name)))
    for pair in _MEN_AND_WOMEN.split(",")
)
