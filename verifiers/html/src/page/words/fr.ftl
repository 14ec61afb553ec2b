### Ce que la page dit elle-même. Ce que disent les constats se trouve dans crates/words/messages/fr/verify.ftl.

## Le cadre
page-title = Vérifier une liasse
page-name = Vérificateur Casemate
page-language = Langue
page-offline = Sans réseau. Rien ne quitte cet ordinateur.

## Avant
start-head = Vérifier une liasse
start-lede = Une liasse est un seul fichier, dont le nom finit par .zip. Cette page la vérifie sur votre ordinateur et dit ce qui est établi, ce qui a échoué et ce qui n'a pas été vérifié.
start-drop = Déposer ici le fichier tel qu'il a été reçu, non extrait
start-choose = Choisir le fichier
start-again = Vérifier une autre liasse
start-key = La clé de l'expéditeur
start-key-help = Facultatif. 64 chiffres et lettres, ou une ligne qui commence par ssh-ed25519, telle qu'elle vous a été donnée par une autre voie : de vive voix ou par lettre signée. Ne pas la recopier de la liasse. Les clés de témoins du registre (nom+id+clé) peuvent suivre, après une espace.
start-key-bad = Ceci n'est pas une clé. Une clé est faite de 64 caractères 0–9 et a–f (les espaces ne comptent pas), d'une ligne qui commence par ssh-ed25519, ou d'une empreinte qui commence par SHA256: À sa suite, ou seules : des clés de témoins, nom+id+clé.
start-three-1 = Le fichier est lu là où il se trouve. Il n'est ni modifié, ni copié, ni envoyé.
start-three-2 = Le son et les textes ne sont montrés que tels que cette page peut les refaire à partir de ce qui est établi.
start-three-3 = Aucun logiciel ne peut dire si une chose est vraie, complète ou licite.
start-not-a-file = Ceci n'est pas un fichier. Déposer la liasse elle-même, non un dossier.

## Pendant
work-head = Vérification en cours
work-reading = { $done } lus sur { $whole }
work-item = pièce { $item } sur { $of }
work-stop = Arrêter

## Après
verdict-failed = Ne pas se fier à cette liasse
verdict-failed-item = Ne pas se fier { $items }
verdict-good = Rien n'a échoué
verdict-press = Signée, mais non établie
verdict-failed-lede = { $failed ->
    [one] Une vérification a échoué.
   *[other] { $failed } vérifications ont échoué.
} Ce qui a échoué figure en premier ci-dessous, avec ce qu'il convient de faire.
verdict-good-lede = Ce qui a été vérifié tient. Ce qui ne l'a pas été figure à côté : lire les deux.
verdict-press-lede = La signature tient. Les textes ci-dessous sont les mots de l'expéditeur : rien, dans une liasse de presse, ne peut être comparé à un original scellé.
verdict-count-proven = { $count ->
    [one] { $count } point établi
   *[other] { $count } points établis
}
verdict-count-failed = { $count ->
    [one] { $count } point en échec
   *[other] { $count } points en échec
}
verdict-count-unchecked = { $count ->
    [one] { $count } point non vérifié
   *[other] { $count } points non vérifiés
}
verdict-to = Pour { $recipient }. { $purpose }. Date déclarée : { $date }
section-proven = Établi
section-failed = En échec
section-unchecked = Non vérifié
section-items = Ce qui est communiqué, et ce qui est occulté
section-promise = Ce que cette vérification ne promet pas
item-one = à la pièce n° { $items }
item-many = aux pièces nos { $items }
key-pinned = Comparer à la clé reçue par une autre voie
key-check = Comparer
key-signing = Clé de signature
key-owner = Clé du titulaire

## Pièces
column-item = Pièce
column-where = Où et pourquoi
column-withheld = Occulté
column-rest = Communiqué
column-state = Vérifié
mode-whole = l'original, en entier
mode-partial = l'original, en partie
mode-pages = images des pages, en partie
mode-release = un texte aux lacunes signalées
mode-text = un texte, sans preuve
from-item = tiré de la pièce { $number }
withheld-none = rien
withheld-header = en-tête et métadonnées
count-parts = { $count ->
    [one] { $count } passage
   *[other] { $count } passages
}
count-lines = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
count-cells = { $count ->
    [one] { $count } cellule
   *[other] { $count } cellules
}
count-squares = { $count ->
    [one] { $count } carré
   *[other] { $count } carrés
}
reason-many = { $reason } ({ $count })
seal = N° de scellement { $value }
files = Fichiers
save = Enregistrer { $name }
rest-not-shown = Montré jusqu'ici. Enregistrer le fichier pour tout lire.
state-proven = établi
state-failed = échec
state-unchecked = non vérifié
not-shown = Non montré : échec. Le fichier peut être enregistré, à vos risques.

## Son
play = Écouter
pause = Suspendre
sound-place = Endroit dans l'enregistrement
sound-gaps = { $count ->
    [0] aucun son occulté
    [one] une coupure de { $length }, à { $from }
   *[other] { $count } coupures, { $length } en tout, la première à { $from }
}
sound-stands = { $sign ->
    [silence] { $gaps } : un silence tient lieu de ce qui est occulté
   *[tone] { $gaps } : un son continu tient lieu de ce qui est occulté
}
sound-now = occulté
sound-to-gaps = Aller à une coupure
sound-amr = Ce navigateur ne lit pas ce genre d'enregistrement (AMR, tel que le font les téléphones). L'enregistrer et l'ouvrir avec un lecteur, VLC par exemple : le fichier enregistré est celui qui est établi ici, à l'octet près. Un lecteur qui le convertit d'abord dans un autre format en fait une copie que rien n'établit.
sound-cant = Ce navigateur ne lit pas cet enregistrement. L'enregistrer et l'ouvrir avec un autre lecteur : le fichier enregistré est celui qui est établi ici.
sound-wrapped = Lu ici d'après les mêmes trames dans une autre enveloppe (M4A), pour que les endroits s'y trouvent ; cette enveloppe n'établit rien. Le fichier enregistré est celui qui est établi ici.

## Pages
page-of = Page { $page } sur { $of }
page-open = rien d'occulté
page-withheld = { $count } carrés occultés sur { $of }
page-previous = Page précédente
page-next = Page suivante
page-larger = Agrandir
page-smaller = Réduire
page-cant = Ce navigateur ne peut dessiner cette page. Enregistrer le fichier et l'ouvrir avec un autre programme : c'est celui qui est établi ici.
page-hint = Dessiné d'après les images établies ici ; le noir est occulté, un carré fait 64 pixels sur 64. Que les images rendent fidèlement le document, l'expéditeur l'affirme seul.

## Jetons de temps
time-stamps = { $count ->
    [one] Un jeton d'une autorité d'horodatage accompagne le journal ; cette page ne le vérifie pas.
   *[other] { $count } jetons d'autorités d'horodatage accompagnent le journal ; cette page ne les vérifie pas.
} { $claims }
time-claimed = Heure déclarée : au plus tard le { $times }.
time-none = Aucun ne dit de ce journal une heure lisible.
means-time-stamps = Un jeton dit que le journal existait à un moment, sur la foi d'une autorité. S'il est bien signé par elle, et qui elle est, casemate-verify ou openssl le disent : docs/format/time.md donne la commande. Toutes les autres dates viennent de l'horloge de l'expéditeur.

## Erreurs
error-read = Le fichier n'a pu être lu : { $cause }. Le choisir à nouveau. S'il se trouve sur une clé ou un dossier réseau, le copier d'abord sur cet ordinateur.
error-worker = Ce navigateur ne laisse pas la page travailler. L'ouvrir avec une version récente de Firefox, Chrome, Edge ou Safari.
error-old = Rien n'est établi.

## Le pied
foot = Vérificateur 1, une page qui n'ouvre aucune connexion. Pour s'assurer de la page elle-même, comparer son SHA-256 à celui qui est publié.
print = Imprimer

## Ce qu'un constat veut dire, et ce qu'il laisse ouvert
means-zip-strict = Le fichier ne peut se lire que d'une seule façon : deux lecteurs ne peuvent y voir deux documents. Cela ne dit pas qui l'a écrit.
means-manifest = La liste des fichiers et l'empreinte de chacun concordent. Que la liste soit bien celle du signataire est le point suivant.
means-signature = Qui détient la clé désignée dans la liasse a signé cette liste et nulle autre. À qui est cette clé, cela ne le dit pas.
means-signer-pinned = La clé qui répond de la liasse est comparée à celle que vous tenez d'une autre voie. Sans une telle clé, n'importe qui aurait pu établir et signer cette liasse.
means-owner-pinned = La liasse a été transmise par une personne qui n'a besoin d'aucun droit sur l'affaire. On compare ici l'affaire d'origine, par la clé de son titulaire, avec celle que vous tenez d'une autre voie.
means-owner-grant = Le titulaire du dossier a signé que cette clé peut communiquer. Que le titulaire soit bien celui qu'il dit, seule la comparaison des clés peut le montrer.
means-checkpoint = La longueur du registre et son empreinte unique sont signées. Modifier, retirer ou déplacer une inscription donnerait une autre empreinte.
means-discloser = Chaque personne qui a transmis la liasse a signé quelles parties étaient ouvertes alors. Nul ne peut rouvrir, sans que cela se voie, ce qui a été occulté avant. Que tout ait été transmis n'est pas connu : une pièce retirée ne laisse de trace qu'un nombre ; qui détient la clé, seule une comparaison peut le dire.
means-logged = L'empreinte de ce qui a été scellé figure au registre à cet endroit. Elle n'a pu y être mise après coup sans changer l'état signé.
means-object = Chaque partie ouverte a été recalculée jusqu'au scellement. Ce qui est occulté occupe exactement la place, et pour le son la durée, qui est montrée ; son contenu ne peut être connu.
means-rendering = Cette page a refait le fichier à lire ou à écouter à partir des parties établies et l'a comparé octet par octet. Que la transcription rende bien le son n'est pas vérifié.
means-parent = L'inscription au registre de la pièce dérivée désigne sa source. Que la pièce rende bien sa source n'est pas vérifié.
means-census = L'expéditeur s'est engagé sur le nombre d'inscriptions qui concernent cette pièce. Celles d'autres registres qu'il n'a jamais vus ne sont pas comptées.
means-container = L'en-tête et les descriptions internes du fichier (appareil, lieu, titre) sont occultés. Ce qu'ils contiennent n'est pas connu.
means-withheld-by = Ce qui était ouvert quand une personne a signé et occulté quand la suivante a signé, c'est la suivante qui l'a occulté. Si la première n'a pas laissé de déclaration montrable, ce qu'ont occulté les deux premières ne se distingue pas.
means-time = La date vient de l'horloge de l'expéditeur. Aucune autorité ne l'a attestée.
means-witness = Un témoin retient le dernier état qu'il a vu de chaque registre, et n'en signe un autre que s'il en est la suite. À ce moment, à sa propre horloge, il a vu ce registre ainsi. S'il mérite confiance, s'il en a vu tous les états, cela ne le dit pas.
means-freshness = La liasse montre le registre tel qu'il était lorsqu'elle a été établie. Les inscriptions faites depuis n'y paraissent pas.
means-content = La copie exacte d'un mensonge reste un mensonge. Si une chose a été mise en scène, si elle est complète ou licitement obtenue, c'est aux personnes d'en juger.
means-object-press = Une liasse de presse ne montre aucune preuve, pour que deux liasses ne puissent être rapprochées. L'engagement qu'elle contient permet à l'expéditeur de prouver le texte plus tard.

## Small things
facts-items = { $count ->
    [one] pièce { $items }
   *[other] pièces { $items }
}
where-more = et { $count } autres
withheld-not-known = Non connu : l'expéditeur le dit, rien ne l'établit
start-only-one = Déposer un seul fichier à la fois.
