### La page pour le juge dans une liasse. Les identifiants commencent par « readme- ».
### Les espaces insécables sont posées à la lecture : écrire des espaces ordinaires.

readme-colon = { " " }:
readme-semicolon = { " " };{ " " }

## En-tête
readme-title-court = Page à l'attention du juge : à lire en premier
readme-title-press = À lire en premier
readme-what = Cette page se lit sans aucun logiciel. Elle ne vaut pas certificat : elle a été rédigée par la partie qui communique la présente liasse. La dernière section indique comment tout vérifier sans s'en remettre à cette partie.
readme-row-recipient = Destinataire
readme-row-purpose = Objet
readme-row-date = Établie le
readme-row-case = Dossier
readme-row-key = Clé de signature
readme-row-narrower = Transmis par
readme-row-previous = Liasse antérieure
readme-previous = la présente liasse fait suite à une autre, que sa déclaration désigne
readme-moment = { $date }, { $time } UTC
readme-self-asserted = { $date } (date déclarée, non vérifiée)

## Ce qui a été scellé
readme-section-sealed = { $number }. Ce qui a été scellé, quand et par qui
readme-sealed-what = Chaque pièce ci-dessous remonte à un original numérique qui a fait l'objet d'un scellement (numérique, sans rapport avec les scellés judiciaires) : ses octets ont été réduits à une empreinte unique, dont le numéro de scellement est le début, et l'empreinte a été inscrite dans un registre. Un original modifié par la suite, fût-ce d'un seul bit, ne correspond plus à son numéro de scellement. Un texte dérivé (transcription, texte dont des noms sont occultés) est scellé de la même manière et désigne sa source.
readme-sealed-log = Le registre ne peut que croître ; rien n'en peut être retiré ni déplacé sans que cela se voie. À l'établissement de la présente liasse, il comptait { $entries ->
    [one] { $entries } inscription
   *[other] { $entries } inscriptions
}. Son état à cet instant est signé et figure dans la liasse.
readme-sealed-time = Les dates et heures sont celles de l'horloge de l'appareil qui a scellé : elles sont déclarées, non vérifiées. En l'absence d'horodatage par une autorité indépendante, la présente liasse établit que rien n'a été modifié après le scellement ; elle n'établit pas quel jour celui-ci a eu lieu.
readme-sealed-stamped = Les dates et heures sont celles de l'horloge de l'appareil qui a scellé : elles sont déclarées, non vérifiées. Toutefois, la présente liasse contient { $count ->
    [one] un horodatage
   *[other] { $count } horodatages
} d'une autorité indépendante portant sur un état antérieur du registre (dossier proof/time). Quiconque fait confiance à cette autorité peut vérifier par là à quelle heure, au plus tard, les entrées que le registre comptait alors y figuraient ; les entrées ultérieures n'ont pas cette preuve. Le certificat racine de l'autorité est à obtenir auprès d'elle, et non de la partie, puis à indiquer au logiciel ci-dessous : --tsa-root FILE.
readme-sealed-who = Le scellement a été fait avec la clé d'un appareil auquel le titulaire du dossier en a donné le pouvoir ; cette habilitation figure dans la liasse. L'identité de qui détient les clés n'est pas établie : il convient de comparer la clé de signature ci-dessus avec celle que la partie ou son conseil indique par une autre voie, de vive voix ou par lettre signée.
readme-sealed-who-narrowed = Le scellé a été fait avec la clé d'un appareil à qui le titulaire de l'affaire en a donné le droit ; cette autorisation figure dans la présente liasse. Qui détient les clés n'est pas prouvé. La clé de signature ci-dessus est celle de la personne qui a transmis la liasse, non celle de l'affaire : comparez-la avec celle qu'elle indique par une autre voie, et la clé du titulaire avec celle qu'indique la partie ou son conseil.

## Ce qui est communiqué
readme-section-items = { $number }. Ce qui est communiqué
readme-item = Pièce n° { $number }  { $title }
readme-row-mode = Communiqué
readme-mode-whole = l'original, en entier, à l'octet près
readme-mode-pages = images de ses pages, en partie ; le reste est occulté
readme-mode-partial = l'original en partie ; le reste est occulté
readme-mode-release = un texte dont les passages signalés sont occultés
readme-mode-text = un texte ; seule la signature peut en être vérifiée
readme-row-seal = N° de scellement
readme-row-entry = Au registre
readme-entry = inscription { $index } sur { $entries } (la première porte le numéro 0)
readme-row-made-from = Tirée de
readme-made-from = la pièce n° { $number }
readme-row-withheld = Occulté
readme-withheld-nothing = rien
readme-withheld-head-only = aucun son ; seuls l'en-tête et les métadonnées du fichier
readme-withheld-sound = { $withheld } sur { $whole }, en { $places ->
    [one] { $places } endroit
   *[other] { $places } endroits
} ; ainsi que l'en-tête et les métadonnées du fichier
readme-withheld-passages = { $count ->
    [one] { $count } passage
   *[other] { $count } passages
}
readme-withheld-lines = { $count } sur { $total ->
    [one] { $total } ligne
   *[other] { $total } lignes
}
readme-withheld-tiles = { $count } carrés des pages sur { $total }
readme-withheld-cells = { $count } sur { $total ->
    [one] { $total } cellule
   *[other] { $total } cellules
} du tableau
readme-withheld-spans = { $count } des { $total } morceaux en lesquels la syntaxe du fichier le divise
readme-row-where = Où
readme-where-lines = lignes { $lines }
readme-where-black = en noir sur les pages ; chaque carré fait 64 pixels de côté
readme-where-marked = là où le texte porte une mention entre crochets
readme-row-why = Motifs, par occultation
readme-reason = { $reason } ({ $count })
readme-reason-name = nom d'une personne protégée
readme-reason-identifier = élément permettant d'identifier une personne protégée
readme-reason-private-life = vie privée d'un tiers
readme-reason-privilege = échanges entre l'avocat et son client
readme-row-files = Fichiers
readme-files = dossier { $folder }

## Ce qui est occulté
readme-section-withheld = { $number }. Comment un passage est occulté
readme-withheld-how = Une mention entre crochets tient la place des mots occultés. Dans un enregistrement, un son continu de 1 kHz, ou le silence là où la forme de l'enregistrement ne permet pas de son (MP3, AAC), tient la place du son occulté et dure autant que lui : aucun repère de temps n'est décalé. Les coupures sont élargies à la seconde entière et aux paquets de l'enregistrement : leur durée ne trahit pas ce qui a été dit.
readme-withheld-amount = Les quantités données pour chaque pièce sont calculées à partir de la preuve, et non déclarées par la partie : il ne peut avoir été occulté davantage d'une pièce scellée. Les motifs, les intitulés et le choix des pièces sont la déclaration de la partie. La liasse ne dit pas s'il existe d'autres pièces.
readme-withheld-press = Les quantités données pour chaque texte sont la seule déclaration de l'expéditeur.
readme-aliases = Les personnes dont le nom est occulté sont désignées par un nom d'emprunt : { $aliases }. Un même nom d'emprunt désigne toujours la même personne dans la présente liasse. Un autre destinataire a pu recevoir d'autres noms d'emprunt : il n'y a pas lieu de les rapprocher.

## Qui l'a transmise
readme-section-disclosers = { $number }. Qui l'a transmise
readme-disclosers-what = La présente liasse n'est pas celle qui est sortie de l'affaire. Qui a reçu celle-là l'a transmise en occultant davantage, ce qui ne demande ni l'affaire ni ses clés. Ce qui reste ouvert remonte aux mêmes scellés dans le même journal ; ce qui était occulté le reste. Chaque personne a signé ce qu'elle transmettait :
readme-discloser = { $place }. { $name }, { $date }, clé { $key }
readme-discloser-unknown = { $place }. Le détenteur de l'affaire, clé { $key } : aucune déclaration vérifiable de sa part ne figure dans la présente liasse
readme-discloser-unnamed = (sans nom)
readme-discloser-untold = (nom occulté)
readme-disclosers-limit = Le programme de vérification dit qui a occulté quelle partie. Il ne peut pas dire qu'une personne a transmis tout ce qu'elle avait : une pièce retirée en entier ne laisse de trace qu'un nombre.

## Ce qui n'est pas établi
readme-section-not-proven = { $number }. Ce qui n'est pas établi
readme-not-proven-1 = Que ce qui a été enregistré ou écrit soit vrai, complet ou licitement obtenu : aucun logiciel ne peut l'établir.
readme-not-proven-2 = Le jour et l'heure d'un enregistrement, d'un document ou d'un scellement : déclarés, non vérifiés.
readme-not-proven-2-stamped = Le jour et l'heure d'un enregistrement ou d'un document, et d'un scellement au-delà de ce que montre l'horodatage : déclarés, non vérifiés.
readme-not-proven-3 = Qui parle, qui a écrit, et qui détient la clé de signature.
readme-not-proven-4 = Qu'une transcription ou une traduction restitue le son ou le document : c'est une lecture, souvent faite par une machine, à comparer avec sa source.
readme-not-proven-5 = Ce qu'il est advenu d'un enregistrement ou d'un document avant son scellement.
readme-not-proven-6 = Ce que contiennent l'en-tête et les métadonnées occultés d'un fichier.
readme-not-proven-7 = Que rien n'ait été ajouté au registre après l'établissement de la présente liasse.

## L'original entier
readme-section-whole = { $number }. Comment demander l'original entier et l'appareil
readme-whole-court = Toute pièce communiquée en partie, ou sous forme de texte, a un original, conservé entier et inchangé. Le juge peut le demander à la partie ou à son conseil par son numéro de pièce et son numéro de scellement, par exemple : « Ordonne la production de l'original entier de la pièce n° 1, portant le numéro de scellement indiqué, ainsi que de l'appareil qui l'a enregistrée, aux fins d'examen par un expert. » L'original produit se vérifie au regard du même numéro de scellement : un autre original, ou un original altéré, n'y correspond pas. L'appareil lui-même, avec son horloge, ses réglages et ses autres données, peut être examiné par l'expert ; la présente liasse n'en tient pas lieu.
readme-whole-press = L'expéditeur décide si un original peut être consulté, et à quelles conditions. Chaque texte porte un engagement cryptographique : si l'expéditeur révèle un jour le numéro de l'original scellé et la valeur aléatoire employée, chacun peut vérifier que le présent texte avait été annoncé sous ce numéro.

## Comment vérifier
readme-section-check = { $number }. Comment vérifier la présente liasse
readme-check-program = Avec le logiciel casemate-verify, hors ligne, sur tout ordinateur. Se procurer le logiciel auprès de son éditeur, et non de la partie. BUNDLE tient lieu du fichier reçu ; le long numéro est la clé de signature, à faire confirmer par une autre voie, comme il est dit plus haut :
readme-check-program-press = Avec le logiciel casemate-verify, hors ligne, sur tout ordinateur. Se procurer le logiciel auprès de son éditeur, et non de l'expéditeur. BUNDLE tient lieu du fichier reçu ; le long numéro est la clé de signature, à faire confirmer par l'expéditeur par une autre voie :
readme-check-exit = Il donne chaque point comme établi, en échec ou non vérifié, et se termine par le code de sortie 0 si rien n'a échoué, 1 si quelque chose a échoué.
readme-check-stock = Sans ce logiciel, avec des outils présents sur la plupart des systèmes : extraire la liasse, puis vérifier que chaque fichier est celui de la liste :
readme-check-signature = et que la liste est signée de la clé de signature (OpenSSH 8.1 ou plus récent) :
readme-check-stock-limits = Ces outils vérifient les fichiers et la signature. Seul le premier logiciel vérifie qu'une pièce répond à son scellement, et son scellement au registre.
