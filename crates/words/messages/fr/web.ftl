### Ce que disent les écrans de l'application web. Les identifiants commencent par « web- ».
### Les espaces insécables sont posées à la lecture : écrire des espaces ordinaires.

## The frame
web-product = Casemate
web-screens = Écrans
web-screen-home = Dossier
web-screen-intake = Réception
web-screen-exhibits = Pièces
web-screen-search = Recherche
web-screen-people = Personnes
web-screen-redact = Occulter
web-screen-disclose = Communiquer
web-screen-bundles = Liasses
web-screen-custody = Conservation
web-screen-settings = Réglages
web-more = Plus
web-skip = Aller au contenu
web-language = Langue
web-lang-fr = Français
web-lang-en = English
web-lang-zh-Hans = 简体中文
web-lang-zh = 中文
web-open = Ouvert
web-lock = Verrouiller
web-lock-now = Verrouiller le dossier maintenant
web-locked = Le dossier est verrouillé.
web-locked-drafts = { $count ->
    [one] Une correction non enregistrée est gardée dans la mémoire de cet onglet.
   *[other] { $count } corrections non enregistrées sont gardées dans la mémoire de cet onglet.
}
web-passphrase = Phrase secrète
web-passphrase-show = Montrer la saisie
web-unlock = Ouvrir le dossier
web-unlocking = Ouverture, une seconde
web-opening = Ouverture du dossier
web-version = Casemate { $version }
web-no-session = Cette page n'a pas la clé du dossier.
web-no-session-do = Ouvrez le lien affiché par casemate serve. Il ne sert qu'une fois ; relancez le programme pour en avoir un autre.
web-no-screen = Cette page n'existe pas.
web-away = Le programme ne répond pas.
web-away-do = Votre saisie est gardée ; cette page réessaie d'elle-même. Si cela dure, relancez casemate serve.
web-away-short = Sans réponse, nouvel essai
web-away-wait = Le programme ne répond pas encore ; cette page réessaie d'elle-même.
web-closing = Verrouillage dans { $seconds } s : une touche pour rester
web-again = Réessayer
web-fault-other = L'action n'a pas pu être faite.
web-fault-other-do = Réessayez ; si cela se répète, voyez Réglages, Contrôles de cette machine. Rien de ce qui a été confirmé n'est perdu.
web-wait = Chargement
web-wait-wave = Lecture du son
web-wait-text = Lecture de la transcription
web-wait-preview = Préparation de ce que reçoit le destinataire
web-wait-doctor = Examen de cette machine
web-close = Fermer
web-stop = Arrêter
web-next = Suivante
web-previous = Précédente
web-choose = Choisir
web-filter = Filtrer par nom
web-file = Fichier
web-extent = Taille ou durée
web-all-kinds = Toutes natures
web-person = Personne
web-by = Par
web-about = Objet
web-leave = Quitter
web-clear = Effacer
web-show-more = En montrer davantage ({ $count } restantes)
web-of = { $done } sur { $total }
web-of-sound = { $done } sur { $total } de son
web-left = Sorties du dossier
web-will-write = Sera inscrit :
web-written = Inscrit au journal.
web-undo-writes = Annuler inscrira :
web-sign-as = Signé par
web-sign-as-hint = votre nom

## Jobs
web-jobs = { $count ->
    [0] Aucune tâche en cours
    [one] Une tâche en cours
   *[other] { $count } tâches en cours
}
web-jobs-title = Travaux longs
web-job-intake = Réception de fichiers
web-job-transcribe = Lecture et transcription
web-job-verify = Vérification du dossier
web-job-disclose = Constitution d'une liasse
web-job-index = Construction de l'index
web-job-state-waiting = en attente
web-job-state-running = en cours
web-job-state-done = terminé
web-job-state-stopped = arrêté
web-job-state-failed = échoué
web-time-left = encore { $time } environ

## Palette and keys
web-palette = Aller à, ou faire
web-palette-hint = Rechercher ou commander
web-palette-exhibit = Ouvrir la pièce { $number }
web-palette-search = Rechercher « { $query } »
web-keys = Touches
web-keys-title = Ce que font les touches ici
web-key-panic = Vider l'écran et verrouiller aussitôt
web-keyname-space = Espace
web-keyname-alt = Alt
web-keyname-ctrl = Ctrl
web-keyname-shift = Maj
web-keyname-esc = Échap
web-keyname-enter = Entrée
web-key-play = Lire ou suspendre
web-key-back = Reculer de 2 secondes
web-key-forward = Avancer de 2 secondes
web-key-up = Passage précédent
web-key-down = Passage suivant
web-key-slower = Plus lent, même hauteur
web-key-faster = Plus vite, même hauteur
web-key-loop = Répéter ce passage
web-key-correct = Corriger ce passage
web-key-doubt = Mot douteux suivant
web-key-redact = Occulter cette pièce
web-key-zoom-in = Agrandir
web-key-zoom-out = Réduire
web-key-find-next = Occurrence suivante
web-key-find-previous = Occurrence précédente
web-key-strike = Occulter, ou : vu, c'est juste
web-key-no-name = Dire pourquoi ce n'est pas un nom
web-key-listen = Écouter cet endroit
web-key-undo = Annuler le dernier acte
web-key-in = Début de la coupe, ici
web-key-out = Fin de la coupe, ici
web-key-next-step = Passer à l'étape suivante
web-key-hit-next = Résultat suivant
web-key-hit-previous = Résultat précédent

## Places and names
web-exhibit = Pièce { $number }
web-exhibit-small = pièce { $number }
web-place-whole = en entier
web-place-line = ligne { $number }
web-place-message = message { $number }
web-place-row = rangée { $number }
web-place-page = page { $number }
web-row-short = Rangée
web-pages = Pages
web-page = Page
web-pages-of = sur { $count }
web-pages-view = Affichage des pages
web-pages-drawn = Telles quelles
web-pages-text = En texte
web-page-picture = Page { $number }, telle quelle
web-page-drawing = La page { $number } se dessine…
web-draw-how = Tracez un rectangle sur ce qui ne doit pas sortir : chaque paragraphe touché est retenu. Au clavier : Tab jusqu’au paragraphe, puis Entrée.
web-draw-picked = { $count ->
    [one] Un paragraphe retenu
   *[other] { $count } paragraphes retenus
}
web-draw-strike = Les occulter
web-table = Tableau de la pièce
web-part = À l'intérieur : { $name }
web-meta-from = De
web-meta-to = À
web-meta-cc = Copie
web-meta-date = Date
web-meta-subject = Objet
web-meta-title = Titre
web-meta-pages = Pages
web-meta-author = Auteur
web-meta-producer = Produit par
web-meta-rest = Plus sur ce fichier ({ $count })
web-mail-headers = En-têtes, en texte

## Home
web-home-needs = { $count ->
    [one] Une chose demande quelqu'un aujourd'hui
   *[other] { $count } choses demandent quelqu'un aujourd'hui
}
web-home-nothing = Rien ne demande quelqu'un aujourd'hui
web-home-case = Le dossier
web-home-way = Le chemin jusqu'au juge
web-way-search = Retrouver où cela a été dit
web-way-read = Écouter, lire, corriger
web-way-redact = Occulter les noms
web-way-disclose = Remettre une liasse
web-way-verify = Vérifier que rien n'a changé
web-home-new = Un nouveau dossier
web-home-new-first = Il est encore vide.
web-home-new-1 = Mettez-y enregistrements, messages, lettres : tels que reçus, ni renommés, ni convertis.
web-home-new-2 = Chaque fichier est d'abord mis sous scellés : nul ne peut plus le changer sans que cela se voie.
web-home-new-3 = Puis il est lu et transcrit sur cette machine. Rien n'en sort avant que vous ne remettiez une liasse.
web-task-damaged = { $count ->
    [one] Une partie du dossier est endommagée.
   *[other] { $count } parties du dossier sont endommagées.
}
web-task-unread = { $count ->
    [one] Une pièce n'a pas été lue.
   *[other] { $count } pièces n'ont pas été lues.
}
web-task-untranscribed = { $count ->
    [one] Un enregistrement n'a pas de transcription.
   *[other] { $count } enregistrements n'ont pas de transcription.
}
web-task-unheard = { $count ->
    [one] Un enregistrement transcrit compte { $time } que personne n'a écoutés.
   *[other] { $count } enregistrements transcrits comptent { $time } que personne n'a écoutés.
}
web-task-open = { $count ->
    [one] Un plan d'occultation a des occurrences en suspens.
   *[other] { $count } plans d'occultation ont des occurrences en suspens.
}
web-task-unsigned = { $count ->
    [one] Un plan d'occultation attend une signature.
   *[other] { $count } plans d'occultation attendent une signature.
}
web-task-uncorrected = { $count ->
    [one] Une transcription n'est que de la machine : personne n'en a corrigé un mot.
   *[other] { $count } transcriptions ne sont que de la machine : personne n'en a corrigé un mot.
}
web-task-alias = { $count ->
    [one] Une personne protégée n'a de pseudonyme pour personne.
   *[other] { $count } personnes protégées n'ont de pseudonyme pour personne.
}
web-task-consent = { $count ->
    [one] Une personne protégée n'a pas été consultée.
   *[other] { $count } personnes protégées n'ont pas été consultées.
}

## Exhibits
web-exhibits-count = { $count ->
    [one] Une pièce
   *[other] { $count } pièces
}
web-exhibits-empty = Aucune pièce encore
web-exhibits-teach = Une pièce est un original sous scellés : ses octets ne changent jamais. Les fichiers deviennent des pièces à la réception.
web-intake-first = Mettre les premiers fichiers
web-sealed-when = Scellée
web-text-none = non lue
web-text-none-sound = non transcrite
web-text-corrected = corrigée par une personne
web-text-reading = lue
web-text-draft = projet de la machine

## Reader
web-sealed-on = scellée le { $date }
web-side = Scellé et conservation
web-seal = Scellé
web-seal-since = Scellée le { $date }
web-seal-damaged = Le dossier est endommagé : voir Conservation
web-seal-time = Heure déclarée par cet appareil ; ce qu'une autorité a horodaté est dans Conservation
web-seal-more = Empreintes entières
web-source = Source
web-within = dans la pièce { $number }
web-original = Enregistrer l'original
web-not-read = Non lu
web-notes = Bon à savoir
web-custody = Conservation
web-act-by = { $name } : { $act }
web-act-correct = passage corrigé
web-act-uncorrect = correction annulée
web-unread-kept = L'original est sous scellés et en sûreté malgré tout.
web-no-text = Il n'y a pas de texte.
web-play = Lire
web-pause = Suspendre
web-of-length = sur { $length }
web-back = Reculer 2 s
web-speed = Vitesse
web-loop = Répéter
web-zoom = Échelle
web-next-doubt = Mot douteux suivant
web-sound-controls = Son
web-sound-broken = Ce navigateur ne peut pas le lire. L'original est entier ; enregistrez-le et prenez un autre lecteur.
web-seek = Position dans le son
web-wave = Dessin du son, { $length }, { $cuts ->
    [0] aucune coupe prévue
    [one] une coupe prévue
   *[other] { $cuts } coupes prévues
}
web-wave-whole = entier
web-wave-sound = Son
web-cuts-planned = { $count ->
    [one] Hachuré : un endroit sera coupé dans le son pour la juridiction.
   *[other] Hachurés : { $count } endroits seront coupés dans le son pour la juridiction.
}
web-heard = écouté
web-heard-all = Écouté en entier par { $names }.
web-heard-part = { $heard } sur { $whole } écoutés par une personne nommée.
web-heard-gaps = Personne n'a écouté :
web-will-hear = { $name } a écouté { $ranges } de la pièce { $exhibit }.
web-hear-record = Consigner ce que j'ai écouté
web-layer-machine = Projet de la machine ({ $tool }). Les mots pointés sont douteux : écoutez-les.
web-layer-corrected = Projet de la machine ({ $tool }), corrigé là où un trait se tient à gauche.
web-correct = Corriger
web-correct-label = Texte du passage { $number }
web-corrected-by = corrigé par { $name }, { $date }
web-machine-wrote = ce que la machine a écrit
web-undo = Annuler
web-undo-it = Annuler cette correction
web-will-uncorrect = { $name } a annulé la correction du passage { $passage } de la pièce { $exhibit }.
web-keep = Garder
web-keep-next = Garder, douteux suivant
web-will-correct = { $name } a corrigé le passage { $passage } de la pièce { $exhibit }.
web-edited-meanwhile = { $name } a corrigé ce passage entre-temps :
web-keep-mine = Garder le mien
web-keep-theirs = Garder le leur
web-edit-waits = Le programme ne répond pas. Votre correction est gardée et partira dès qu'il répondra.
web-leaves-as = sort sous « { $alias } »
web-leaves-struck = sort occulté

## Search
web-search-for = Rechercher
web-found = { $count ->
    [0] rien
    [one] un passage
   *[other] { $count } passages
}
web-search-how = Manière de comparer
web-variants = Avec variantes
web-exact = À la lettre
web-by-meaning = Par le sens
web-order-case = Dans l'ordre du dossier
web-search-empty = Retrouver un mot, un nom, une date dans tout ce qui a été lu
web-search-teach-variants = 地产 trouve aussi 地產, et resume trouve résumé. « À la lettre » ne trouve que les caractères mêmes.
web-search-teach-sound = pinyin:lin muchuan trouve ce qui sonne ainsi : les transcriptions entendent mal les noms.
web-search-teach-filters = kind:chat, lang:zh, date:2025-03, speaker:Gao resserrent la recherche.
web-search-teach-meaning = « Par le sens » trouve ce qui dit la même chose en d'autres mots ou dans une autre langue : demandez en français, trouvez la phrase chinoise.
web-search-private = Ce que vous cherchez n'est écrit ni dans l'adresse ni dans l'historique du navigateur.
web-search-none = Rien trouvé.
web-search-try-variants = Rechercher avec variantes
web-search-drop-facets = Rechercher partout
web-search-try-sound = Un nom peut être mal entendu dans une transcription : essayez pinyin: devant.
web-close-count = { $count ->
    [0] rien
    [one] un passage, le plus proche
   *[other] les { $count } plus proches
}
web-close-score = proximité { $score }
web-close-what = Le plus proche par le sens d'abord, dans n'importe quelle langue. La proximité dit combien un modèle trouve les deux sens semblables, au plus 1 : lisez chaque passage avant de vous y fier.
web-close-none = Rien n'est proche par le sens.
web-close-none-asked = Pas de recherche par le sens.
web-close-no-words = Aucun mot de la requête n'a de sens à chercher.
web-close-no-model = Le modèle de l'encodeur de phrases n'est pas là. script/setup l'apporte ; relancez ensuite le programme.
web-close-other-model = Ce qui est à la place du modèle de l'encodeur de phrases est un autre fichier. script/setup apporte de nouveau le modèle ; relancez ensuite le programme.
web-close-waiting = { $count ->
    [one] Un texte n'a pas encore été lu pour son sens.
   *[other] { $count } textes n'ont pas encore été lus pour leur sens.
}
web-close-read = Les lire maintenant
web-not-searched = { $count ->
    [one] Non cherché : une pièce sans texte.
   *[other] Non cherchées : { $count } pièces sans texte.
}

## Intake
web-intake-title = Mettre des fichiers au dossier
web-intake-title-first = Mettre les premiers fichiers
web-will-seal = Chaque fichier donné est scellé : son nom tel quel, sa taille, son empreinte.
web-will-seal-path = Chaque fichier de { $path } est scellé : son nom, sa taille, son empreinte.
web-will-read = { $unread ->
    [0] Aucun texte
    [one] Le texte d'une pièce
   *[other] Le texte de { $unread } pièces
}, { $untranscribed ->
    [0] { $too ->
        [yes] { $unread ->
            [0] aucune transcription
           *[other] et une transcription de chaque enregistrement parmi elles
        }
       *[no] aucune transcription
    }
    [one] une transcription
   *[other] { $untranscribed } transcriptions
}, tels que la machine les lit.
web-intake-count = Fichiers sous scellés : { $done } sur { $total }
web-drop = Déposez ici fichiers ou répertoires
web-drop-stay = Les originaux restent où ils sont. Le même répertoire, redonné, reprend où il s'était arrêté.
web-choose-files = Choisir des fichiers
web-choose-folder = Choisir un répertoire
web-path = Ou un fichier ou répertoire de la machine où tourne Casemate
web-path-hint = /media/phone/recordings
web-path-add = Sceller et lire
web-fate = Sort
web-means = Ce que cela veut dire
web-fate-waiting = en attente
web-fate-hashing = comparaison
web-fate-sending = mise sous scellés
web-fate-sealed = sous scellés
web-fate-duplicate = doublon
web-fate-refused = refusé
web-fate-failed = échoué
web-fate-unread = sous scellés, non lu
web-fate-same = Mêmes octets que la pièce { $number } ; non repris.
web-fates-sealed = { $count ->
    [one] un sous scellés
   *[other] { $count } sous scellés
}
web-fates-duplicate = { $count ->
    [one] un doublon
   *[other] { $count } doublons
}
web-fates-left = encore { $count }
web-fates-refused = { $count ->
    [one] un refusé
   *[other] { $count } refusés
}
web-fates-more = et { $count } autres
web-pause-queue = Suspendre
web-go-on = Reprendre
web-clear-list = Vider la liste
web-intake-away = Le programme ne répond pas. Les fichiers attendent et repartiront d'eux-mêmes.
web-added = Scellés : { $sealed }, lus : { $read }, lus sur image : { $seen }, transcrits : { $transcribed }
web-added-stopped = Arrêté avant la fin. Tout ce qui est listé est en sûreté ; relancez, la suite reprend.
web-then-read = Ensuite : lire et transcrire
web-unread-count = { $unread ->
    [0] Tout est lu
    [one] Une pièce à lire
   *[other] { $unread } pièces à lire
} ; { $untranscribed ->
    [0] { $unread ->
        [0] chaque enregistrement est transcrit
       *[other] les enregistrements qui s'y trouvent se distinguent à la lecture
    }
    [one] un enregistrement à transcrire
   *[other] { $untranscribed } enregistrements à transcrire
}.
web-transcribe-too = Transcrire aussi les enregistrements ; il y faut à peu près leur durée
web-read-now = Lire maintenant
web-read-later = Une fois sous scellés, les fichiers peuvent être lus ici.
web-all-read = Tout est lu.
web-job-stays = Vous pouvez fermer cette page : le travail continue et réapparaît à votre retour.
web-who-reads = Qui peut lire
web-who-reads-what = Quiconque ouvre ce dossier. Les autres ont ce que vous remettez, noms occultés.
web-seal-what-title = Ce qu'est le scellement
web-seal-what = Les octets du fichier sont gardés tels quels, chiffrés, et leur empreinte est inscrite au registre. Un changement, même d'un bit, se verra toujours.

## People
web-people-count = { $count ->
    [one] Une personne
   *[other] { $count } personnes
}
web-people-empty = Personne n'est encore décrit
web-people-teach = Décrivez ceux dont le nom ne doit pas sortir : en caractères chinois, en pinyin, selon le passeport. Tous les endroits où ils figurent sont alors trouvés.
web-people-teach-alias = Chaque destinataire a son propre pseudonyme : une juridiction et un journal ne peuvent rapprocher ce qu'ils ont reçu.
web-person-add = Décrire une personne
web-person-add-how = Un nom au moins ; un par ligne s'il y en a plusieurs.
web-person-write = Inscrire au registre
web-will-person = Personne décrite : { $names } ; { $role } ; { $kept }.
web-person-edit = Décrire à nouveau
web-will-person-anew = Personne décrite à nouveau : { $names } ; { $role } ; { $kept }.
web-person-merge = Même personne qu’une autre
web-person-merge-with = De qui s’agit-il aussi
web-person-merge-how = Les noms des deux sont gardés ici, et les pseudonymes de cette personne valent désormais. Ce qui a été écrit reste au journal.
web-will-merge = { $other } et { $name } sont une même personne.
web-person-split = Deux personnes
web-person-split-how = Les noms qui sont ceux d’une autre personne
web-will-split = { $names } est une autre personne que { $name }, encore sans pseudonyme.
web-case-keys = Clés et personnes
web-lane-own = Cet appareil
web-lane-other = Un autre appareil
web-lane-entries = { $count ->
    [one] { $count } entrée
   *[other] { $count } entrées
}
web-lane-since = depuis le { $date }
web-lane-keys = Clés publiques
web-lane-key = Signe le journal :
web-disclosure-key = Signe ce qui sort :
web-compartments = Ouverts ici
web-compartment-identity = identités
web-compartment-case = dossier
web-compartment-press = presse
web-compartment-later = ultérieur
web-members = Peut l’ouvrir
web-role-owner = propriétaire
web-backup = Sauvegarde
web-backup-never = aucune à ce jour : copiez le dossier de l’affaire pour en garder une
web-recovery = Récupération
web-recovery-none = non prévue : sans la phrase secrète, personne ne peut ouvrir l’affaire
web-models = Modèles de parole
web-model-all = toutes langues
web-models-none = Aucun n’est installé : les enregistrements ne sont pas transcrits.
web-model-languages = { $count ->
    [one] { $count } langue
   *[other] { $count } langues
}
web-model-draft = ébauche seulement en : { $languages }
web-script-han = Caractères chinois
web-script-pinyin = Pinyin
web-script-passport = Selon le passeport
web-script-other = Autres noms
web-role = Rôle dans le dossier
web-relation = Lien
web-red = rouge
web-protected = protégée
web-unprotected = non protégée
web-protected-long = Protégée : le nom est tu, même à une juridiction.
web-red-long = Rouge : le nom n'est jamais communiqué à quiconque.
web-unprotected-long = Non protégée : une juridiction peut lire le nom.
web-names = Noms
web-for = Pour : { $audience }
web-alias = Pseudonyme
web-alias-is = Pseudonyme : { $alias }
web-alias-give = Donner le pseudonyme
web-will-alias = { $person } s'appelle « { $alias } » pour le destinataire « { $audience } », définitivement.
web-alias-once = Donné une fois pour toutes ; jamais le même pour deux personnes ou deux destinataires. Il ne doit rien révéler.
web-name-may = le nom peut être lu
web-name-withheld-as = nom tu, sous « { $alias } »
web-name-withheld-none = nom tu, pas encore de pseudonyme
web-decision-agreed = accord : donné
web-decision-unasked = accord : ne peut être demandé ; décidé pour elle
web-decision-refused = accord : refusé
web-decision-none = accord : pas encore demandé
web-consent-agreed = D'accord, le { $date }
web-consent-unasked = Ne peut être consultée ; décidé pour elle, le { $date }
web-consent-refused = Refus, le { $date }
web-consent-none = Pas encore consultée
web-consent-what = L'accord veut dire : la personne, consultée, accepte que les pièces où elle est nommée aillent à ce destinataire, occultées comme le dit le plan. Sans décision consignée, aucune de ces pièces ne sort ; un refus la garde ici.
web-unasked = Ne peut être consultée…
web-unasked-what = Pour qui ne peut être consulté : la personne est détenue, introuvable, ou la question même la mettrait en danger. Vous décidez pour elle que les pièces où elle est nommée vont à ce destinataire, occultées comme le dit le plan ; votre nom et votre raison restent consignés, et le contrôle dit qu'elle n'a pas été consultée.
web-unasked-why = Pourquoi elle ne peut être consultée, et pourquoi cela sort tout de même
web-unasked-hint = détenue depuis le 2 mars ; la menace contre elle est la preuve…
web-unasked-decide = Décider pour elle
web-will-unasked = { $name } a décidé pour { $person }, qui ne peut être consultée, que cela va au destinataire « { $audience } » : { $basis }.
web-consent-basis = { $basis } ; consigné par { $name }
web-consent-record = Consigner la décision
web-consent-change = Consigner une nouvelle décision
web-basis = Comment cela a été demandé
web-basis-hint = lettre du 3 mai, de vive voix…
web-will-consent = { $name } a consigné la décision de { $person } pour le destinataire « { $audience } » : { $basis }.
web-will-unconsent = { $name } a retiré ce qui était consigné : { $person } n'a pas donné son accord pour le destinataire « { $audience } ».
web-by-mistake = consigné par erreur
web-agreed = D'accord
web-refused = Refus
web-occurs = Où figurent les noms
web-occurs-none = Nulle part dans ce qui a été lu.
web-search-name = Rechercher le nom
web-nobody = personne

## Redact
web-audience = Destinataire
web-redact-view = Vue
web-redact-choose = Quelle pièce occulter ?
web-redact-what = Un plan vaut pour une pièce et un destinataire. Il occulte les noms dans le texte et les coupe dans le son ; une personne le relit avant toute sortie.
web-redact-none = Aucune pièce n'a encore de texte
web-redact-more = Les { $count } premières sont listées ; ouvrez les autres depuis Pièces ou Recherche.
web-plan = Plan
web-plan-for = Plan pour : { $audience }
web-preview = Aperçu
web-plan-none = Pas encore de plan pour ce destinataire : { $audience }
web-plan-none-do = Casemate cherche chaque nom des personnes protégées, dans chaque écriture, ce qui leur ressemble à l'oreille, et les numéros, adresses et dates qui disent qui est quelqu'un.
web-plan-none-then = Vous regardez ensuite chaque occurrence : l'occulter, ou dire pourquoi il peut rester.
web-propose = Proposer un plan
web-propose-again = Proposer de nouveau
web-will-propose = Plan de la pièce { $exhibit } pour le destinataire « { $audience } », proposé par la machine, que personne n'a relu.
web-plan-old = Ce plan vaut pour un texte plus ancien.
web-plan-reviewed = Relu par { $name }
web-plan-not-reviewed = Proposition : personne ne l'a relue
web-plan-missing = Pas encore de plan
web-plan-open = { $count ->
    [one] Un élément en suspens
   *[other] { $count } éléments en suspens
}
web-plan-outdated = Fait pour un texte plus ancien
web-plan-counts = { $strikes ->
    [0] aucune occultation
    [one] une occultation
   *[other] { $strikes } occultations
}, { $open } en suspens
web-plan-look = Voir le plan
web-plan-begin = Commencer le plan
web-plan-review = Relire le plan
web-finds = { $open ->
    [0] Rien en suspens
    [one] Une occurrence en suspens
   *[other] { $open } occurrences en suspens
}, { $strikes ->
    [one] une occultation
   *[other] { $strikes } occultations
}
web-finds-open-do = Ce qui est en suspens arrête toute communication. Occultez-le, ou dites pourquoi il peut rester.
web-finds-do = Regardez chaque occultation, puis signez la relecture.
web-find-open = en suspens :
web-find-strike = sera occulté :
web-open-find = en suspens
web-proposed = proposée
web-looked-at = vue
web-cut-at = Son, { $time }
web-shared = un endroit, plusieurs personnes : aucun pseudonyme n'y figure
web-silenced = { $count ->
    [one] Les coupes emportent aussi ce qui se dit à un autre endroit
   *[other] Les coupes emportent aussi ce qui se dit à { $count } autres endroits
}
web-silenced-here = La coupe emporte ici aussi :
web-act-plan-reviewed = plan d'occultation, relu
web-replace-cut = Couper ici à la place
web-not-looked-at = non examiné
web-beside = Placée à la main : le texte a ces mots à { $time }, et une partie en reste audible. Écoutez.
web-beside-short = placée à la main
web-draft-again = Ce que vous aviez saisi ici, sans l'enregistrer, est de nouveau là.
web-draft-drop = Reprendre le texte tel quel
web-beside-count = { $count ->
    [one] Une coupure placée à la main laisse audible une partie de l'endroit où le texte a ses mots
   *[other] { $count } coupures placées à la main laissent audible une partie de l'endroit où le texte a leurs mots
}
web-no-doubt = Il ne reste aucun mot douteux
web-narrow-how = Marquez sur l'onde ce qui est coupé à la place : glissez, ou I et O. La marge et les secondes entières s'y ajoutent.
web-commits-too = Montrer aussi les validations : chacune signe tout ce qui la précède
web-narrow = Resserrer cette coupe
web-silenced-why = Ces mots restent dans le texte mais ne s'entendent plus : une coupe a une marge d'un dixième de seconde ou plus, puis finit à la seconde entière pour que personne ne compte les syllabes. Si l'un d'eux est votre preuve, occultez moins de son à côté, ou dites dans vos écritures que le texte le porte.
web-no-alias = pas encore de pseudonyme
web-strike-it = Occulter
web-strike-right = C'est juste
web-unstrike = Lever
web-will-strike = « { $words } » est occulté partout dans la pièce { $exhibit } pour le destinataire « { $audience } ».
web-will-cut = { $time } de la pièce { $exhibit } est occulté pour le destinataire « { $audience } ».
web-will-drop = « { $words } » n'est plus occulté dans la pièce { $exhibit } pour le destinataire « { $audience } ».
web-will-retime = « { $words } » de la pièce { $exhibit } est coupé à { $time } à la place, pour le destinataire « { $audience } ».
web-listen = Écouter
web-no-name = Ce n'est pas un nom
web-no-name-waits-why = Ce n'est pas un nom : indiquez d'abord le motif
web-no-name-waits-name = Ce n'est pas un nom : indiquez d'abord votre nom
web-no-name-why = Ou : ce n'est pas un nom, car
web-may-stay = Cela peut rester
web-may-stay-waits-why = Cela peut rester : indiquez d'abord le motif
web-may-stay-waits-name = Cela peut rester : indiquez d'abord votre nom
web-may-stay-why = Ou : cela peut rester, car
web-will-let-stay = { $name } a jugé que « { $words } » peut rester dans la pièce { $exhibit } : { $why }.
web-will-keep = { $name } a jugé que « { $words } » n'est pas un nom dans la pièce { $exhibit } : { $why }.
web-kept = { $count ->
    [one] Une occurrence jugée ne pas être un nom, ou anodine
   *[other] { $count } occurrences jugées ne pas être des noms, ou anodines
}
web-kept-line = { $name } : { $why }
web-strike-more = Occulter ce qu'aucun programme ne peut savoir
web-strike-words = Mots, partout dans cette pièce
web-strike-text = Occulter ces mots
web-reason = Motif
web-reason-name = nom
web-reason-identifier = identifiant
web-reason-private-life = vie privée
web-reason-privilege = secret professionnel
web-select-how = Son : glissez sur le dessin, ou écoutez et pressez I puis O.
web-selected = De { $from } à { $to }, { $length }
web-mark-in = Début ici
web-mark-out = Fin ici
web-cut-it = Couper
web-unheard-here = Personne n'a écouté { $time } de cet enregistrement.
web-review = Relecture
web-looked = { $looked } occultations vues sur { $total }
web-will-accept = { $name } a relu le plan de la pièce { $exhibit } pour le destinataire « { $audience } » : { $strikes ->
    [0] aucune occultation
    [one] une occultation, vues : { $looked }
   *[other] { $strikes } occultations, vues : { $looked }
}.
web-accept-nobody = Personne n’est encore décrit comme protégé : Casemate n’avait aucun nom à chercher. Décrivez d’abord les personnes, ou lisez vous-même chaque ligne.
web-accept = Signer la relecture
web-accept-sure = { $left } occultations sur { $total } n'ont pas été vues : signer quand même ?
web-accept-anyway = Signer avec { $left } non vues
web-accept-look = Les voir d'abord
web-accept-waits = { $count ->
    [0] Pour signer la relecture, proposez d'abord de nouveau
    [one] Pour signer la relecture, décidez d'abord d'une occurrence en suspens
   *[other] Pour signer la relecture, décidez d'abord de { $count } occurrences en suspens
}
web-ours = Chez nous
web-theirs = Chez eux
web-mode-whole = l'original, en entier
web-mode-partial = l'original en partie ; le reste est seulement caché, et c'est prouvable
web-mode-release = un texte aux noms occultés
web-mode-text = un texte seul
web-mode-nothing = rien
web-mode-nothing-long = Rien de cette pièce ne sort selon ce plan.
web-preview-cuts = Coupé dans le son : { $ranges }
web-pages-too = pages en images, si tout ce qui est occulté s'y retrouve
web-preview-pages = Ses pages telles qu'elles sortent : le noir est occulté, comme ce qui ne peut pas y être lu. Les barres sont des carrés entiers, plus larges que les mots, pour que personne ne compte les lettres.
web-preview-page = Page { $number } telle qu'elle sort
web-preview-pages-stay = Les pages restent ; le texte sort.
web-preview-pages-more = { $count ->
    [one] Dessiner encore une page
   *[other] Dessiner la suite ({ $count } pages)
}
web-preview-hear = Comme ils l'entendront

## Disclose
web-steps = Étapes
web-back-to-disclosure = Revenir à la communication à { $recipient }
web-step-recipient = Destinataire
web-step-exhibits = Pièces
web-step-redactions = Occultations
web-step-preview = Aperçu
web-step-seal = Sceller et remettre
web-step-title-recipient = Qui la recevra ?
web-step-title-exhibits = Qu'est-ce qui sort ?
web-step-title-redactions = Ce qui est occulté
web-step-title-preview-court = Ce que verra la juridiction
web-step-title-preview-press = Ce que verra le journal
web-step-title-seal = Sceller la liasse
web-disclose-first = Dites d'abord à qui : tout le reste en découle.
web-disclose-line = { $recipient } ({ $audience }), { $count ->
    [0] aucune pièce choisie
    [one] une pièce
   *[other] { $count } pièces
}
web-recipient-kind = Nature du destinataire
web-profile-court = Une juridiction
web-profile-court-what = Considérez que l'État requérant la lit : les noms protégés sont tus. Les originaux sortent en partie, preuve à l'appui.
web-profile-press = Un journal
web-profile-press-what = Texte seul, chaque nom sous pseudonyme ; rien qui se rapproche de ce qu'a reçu une juridiction.
web-recipient = Destinataire
web-purpose = Objet
web-bundle-language = Langue des pages de la liasse
web-left-before = Ce qui est déjà sorti
web-left-again = Reprendre
web-left-none = Rien n'est sorti de ce dossier.
web-exhibits-leave = { $count ->
    [one] une pièce
   *[other] { $count } pièces
}
web-chosen = { $count ->
    [0] Aucune pièce choisie
    [one] Une pièce choisie
   *[other] { $count } pièces choisies
}
web-chosen-these = Choix : { $exhibits }.
web-chosen-more = { $count } de plus
web-disclose-this = Communiquer cette pièce
web-redactions-why = Une pièce ne sort que selon un plan qu'une personne nommée a relu pour ce destinataire.
web-step-back = Retour
web-step-next = Continuer : { $step }
web-wait-recipient = D'abord : nature, destinataire et objet
web-wait-exhibits = D'abord : choisissez une pièce
web-wait-gates = Les contrôles sont en cours
web-gates = Contrôles
web-gate-reviewed = Relecture
web-gate-consent = Accord
web-gate-heard = Écoute
web-gate-names = Noms et identifiants
web-gate-union = Réunion de tout ce qui est sorti
web-gate-state-open = passé
web-gate-state-closed = non passé
web-gate-state-not-checked = non vérifié
web-gate-state-partly = n'arrête rien, mais pas vérifié en entier
web-gate-state-allowed = non passé, laissé passer sur demande
web-gate-later = Pas encore vérifié : attend les autres.
web-gate-reviewed-open = Chaque plan est relu par une personne nommée.
web-gate-consent-described = { $people ->
    [0] Aucune personne décrite n'y figure.
    [one] Une décision est consignée pour chaque personne décrite (une personne).
   *[other] Une décision est consignée pour chaque personne décrite ({ $people } personnes).
}
web-gate-consent-others = Les autres, nommées ou entendues : non vérifié.
web-gate-consent-unasked = { $count ->
    [one] L'une d'elles ne peut être consultée : quelqu'un d'autre a décidé.
   *[other] { $count } d'entre elles ne peuvent être consultées : quelqu'un d'autre a décidé.
}
web-gate-heard-open = Aucune seconde de son ne sort sans avoir été écoutée.
web-gate-names-open = Aucun nom tu n'a été trouvé dans ce qui sort, ni aucun numéro ou adresse que personne n'ait jugé.
web-gate-names-nobody = Aucun nom n'a été cherché : personne n'est décrit dont ce destinataire ne doit pas lire le nom.
web-gate-names-identifiers = Aucun numéro ni adresse que personne n'ait jugé n'a été trouvé.
web-gate-union-open = Rien ne se rapproche de ce qui est déjà sorti.
web-block-not-reviewed = Pièce { $exhibit } : relire le plan
web-block-not-heard-unknown = Pièce { $exhibit } : sa durée n'a pas pu être lue, personne ne peut donc l'avoir écoutée en entier ; laissez-la de côté
web-block-not-heard = Pièce { $exhibit } : écouter { $time }
web-block-name-open = Pièce { $exhibit } : { $count ->
    [one] un nom en suspens
   *[other] { $count } noms en suspens
}
web-block-identifier-open = Pièce { $exhibit } : { $count ->
    [one] un numéro, une adresse ou une date en suspens
   *[other] { $count } numéros, adresses ou dates en suspens
}
web-block-no-consent = Pièce { $exhibit } : consulter la personne
web-block-consent-refused = Pièce { $exhibit } : la personne a refusé
web-block-opened-before = Pièce { $exhibit } : déjà ouvert dans une communication antérieure ({ $count ->
    [one] une partie
   *[other] { $count } parties
})
web-block-uncovered = Pièce { $exhibit } : { $count ->
    [one] un passage occulté
   *[other] { $count } passages occultés
} dans une communication antérieure se lirait ici
web-uncover = Le montrer quand même dans cette liasse : qui a les deux lit qui se cache derrière le pseudonyme
web-cover = Le cacher quand même dans cette liasse : qui a la précédente le lit encore, et voit où chercher
web-gate-union-allowed = Passe parce que vous l'avez dit : { $count ->
    [one] un élément qu'une liasse antérieure traitait autrement
   *[other] { $count } éléments qu'une liasse antérieure traitait autrement
}
web-verified-before = { $count ->
    [one] Une entrée du registre est plus récente.
   *[other] { $count } entrées du registre sont plus récentes.
}
web-and-more = et { $count } de plus
web-more-blocks = et { $count } autres
web-what-leaves = Ce qui sort
web-item-line = Pièce { $number } : { $mode }
web-what-withheld = Ce qui est tu
web-withheld-line = Pièce { $number } : { $count ->
    [0] aucun endroit du texte
    [one] un endroit du texte
   *[other] { $count } endroits du texte
}, { $cuts ->
    [0] aucun son
    [one] une coupe, { $time }
   *[other] { $cuts } coupes, { $time }
}
web-what-leaks = Ce qui trahit encore
web-leak-voices = Les voix naturelles : qui connaît les locuteurs les reconnaît.
web-leak-context = Le contexte : des mots tels que « votre sœur » la désignent à qui connaît la famille.
web-leak-log = La taille du registre, { $entries } entrées, dit combien le dossier est actif.
web-sealed-before = Quelque chose a changé depuis : cette liasse est telle qu'elle était avant.
web-download-before = Enregistrer la liasse précédente
web-seal-anew = Sceller de nouveau
web-seal-final = Ce qui est sorti ne se rappelle pas. La liasse attend à l'écart, dans un répertoire privé, que vous l'enregistriez ; elle en disparaît quand le dossier est verrouillé.
web-will-disclose = Communication à { $recipient }, pour { $purpose } : { $exhibits ->
        [one] une pièce
       *[other] { $exhibits } pièces
    }.
web-seal-now = Sceller et remettre
web-seal-waits = Pour sceller et remettre, d'abord : { $gates }
web-sealed = La liasse est scellée : { $exhibits ->
    [one] une pièce
   *[other] { $exhibits } pièces
} en { $items ->
    [one] un élément
   *[other] { $items } éléments
}, { $size }
web-items-what = Un élément d'une liasse est un original, ou un texte qui en est tiré : une pièce peut sortir sous les deux formes.
web-download = Enregistrer la liasse
web-then = Comment l'autre partie la vérifie
web-then-key = Donnez-leur cette clé par une autre voie, de vive voix ou par lettre signée :
web-then-open = Ils ouvrent la liasse et lisent la première page ; aucun logiciel n'est nécessaire.
web-then-verify = Sur n'importe quelle machine, sans réseau :
web-another = En préparer une autre
web-subject = élément { $subject }

## Custody
web-custody-title = { $count } entrées, signées et dans l'ordre
web-custody-counted = { $entries ->
    [one] Une entrée, signée
   *[other] { $entries } entrées, signées
} et dans l'ordre : { $acts ->
    [0] aucun acte
    [one] un acte
   *[other] { $acts } actes
} et { $commits ->
    [0] aucune validation
    [one] une validation
   *[other] { $commits } validations
}
web-custody-broken = Le registre est endommagé
web-custody-damaged = Premier endommagé : { $what }
web-custody-damaged-do = Ne changez rien ; copiez tout le répertoire. Ce qui est entier reste lisible.
web-custody-chain = Le registre ne peut que croître. Rien n'en peut être retiré ni déplacé sans que cela se voie.
web-custody-verify = Vérifier le dossier maintenant
web-custody-verify-what = Relit chaque objet, segment et état, et les compare au registre.
web-case-whole = Rien n'a échoué.
web-case-damaged = Le dossier est endommagé.
web-case-lane-consistent = Chaque entrée suit la précédente et est signée
web-case-lane-damaged = Le registre ne se lit pas en entier
web-case-lane-forked = Le registre part en deux branches
web-case-acts-readable = Chaque acte est ce que dit son entrée
web-case-acts-sealed = Actes dont la clé n'est pas ici
web-case-acts-without-key = Actes sans clé
web-case-acts-not-understood = Actes d'une version plus récente
web-case-act-damaged = Un acte est endommagé
web-case-head-in-lane = L'état signé est bien celui de ce registre
web-case-head-not-in-lane = Un état signé n'est pas de ce registre
web-case-head-missing = Un état signé manque
web-case-head-damaged = Un état signé est endommagé
web-case-commit-invalid = Des entrées ne sont pas signées comme il faut
web-case-clock-not-checked = L'ordre par rapport à un registre absent
web-case-segment-damaged = Un segment du registre est endommagé
web-case-ring-page-damaged = Des clés sont illisibles
web-case-object-damaged = Un objet sous scellés est endommagé
web-case-objects-whole = Chaque objet est tel qu'il a été scellé
web-case-file-unplaced = Un fichier sans place
web-case-file-in-quarantine = Un fichier en quarantaine
web-case-lane-behind = Un registre est plus court qu'un autre appareil ne l'a vu
web-case-lane-not-at-hand = Un registre que d'autres ont vu n'est pas ici
web-case-lane-not-begun = Un registre jamais commencé
web-case-lane-not-read = Un répertoire qui n'est pas celui d'un registre
web-case-segment-tail-set-aside = Des octets en fin de segment, comme après une coupure
web-acts = Actes
web-entries = Entrées du registre
web-by-log = registre de cet appareil
web-by-lane = registre { $lane }
web-by-nobody = sans nom ; { $log }
web-older = Actes plus anciens ({ $count })
web-bundle-check = Vérifier une liasse
web-bundle-drop = Déposez ici la liasse de n'importe qui. Elle est vérifiée sur cette machine et n'est pas gardée.
web-bundle-choose = Choisir une liasse
web-bundle-busy = Vérification de la liasse
web-bundle-nothing-failed = Rien n'a échoué. Établis : { $proven }, non vérifiés : { $unchecked }.
web-bundle-signer = La clé de l'expéditeur
web-bundle-signer-what = 64 caractères que l'expéditeur vous a dits par une autre voie que la liasse. Les liasses de ce dossier sont connues sans elle.
web-bundle-signer-odd = Une clé a 64 caractères, 0–9 et a–f.
web-bundle-again = Vérifier avec cette clé
web-bundle-own = Une clé de ce dossier l'a signée.
web-bundle-failed = Échec. Établis : { $proven }, non vérifiés : { $unchecked }.

## Settings
web-you = Vous
web-you-memory = Gardé en mémoire seulement, jusqu'à la fermeture de la page.
web-looks = Apparence
web-theme = Thème
web-theme-system = Comme le système
web-theme-light = Clair
web-theme-dark = Sombre
web-single-keys = Raccourcis d'une seule touche, comme Espace et E
web-keys-where = Pressez ? sur un écran pour voir ce qu'y font les touches.
web-locking = Verrouillage
web-idle = Le dossier se verrouille après { $time } sans touche ni geste.
web-panic = Échap, deux fois en { $time }, vide l'écran et verrouille aussitôt.
web-keep-draft = Garder une correction non enregistrée dans la mémoire de cette page au verrouillage
web-doctor = Contrôles de cette machine
web-doctor-what = Ce que cette machine fait et qui pourrait trahir le dossier, ou arrêter le travail.
web-doctor-again = Contrôler de nouveau
web-health-ok = tient
web-health-warning = attention
web-health-failed = échec
web-health-not-checked = non vérifié
web-check-program-worker = Le lecteur de fichiers
web-check-program-speech = Le moteur de parole
web-check-model = Un modèle
web-check-meaning = L'encodeur de phrases
web-check-keys-locked = Clés hors de l'espace d'échange
web-check-swap = Espace d'échange chiffré
web-check-core-dumps = Vidages de mémoire désactivés
web-check-case-folder = L'emplacement du dossier
web-check-clock = L'horloge
web-check-program-worker-fence = La clôture autour du lecteur de fichiers
web-check-program-speech-fence = La clôture autour du moteur de parole
web-checks-held = { $held } sur { $total } tiennent
web-no-network = Aucune connexion au réseau n'est ouverte.

## Liasses et documents examinés
web-bundles-what = Une liasse reçue, ou un document sur le point de partir : contrôlé ici, jamais pris dans le dossier.
web-bundles-drop = Déposez ici des liasses ou des documents. Ils restent chiffrés jusqu'à ce que vous les retiriez ou que le dossier soit verrouillé.
web-bundles-coming = Lecture en cours :
web-bundles-here = En cours d'examen
web-bundles-take = Retirer
web-bundles-none = Rien n'est en cours d'examen
web-bundles-none-what = Choisissez une liasse pour la vérifier, pour voir ce qu'elle révèle avec une autre, ou pour la transmettre en occultant davantage ; choisissez un PDF pour voir ce qu'il contient sans le montrer.
web-bundles-tabs = Ce qu'on fait du fichier
web-bundles-tab-verify = Vérifier
web-bundles-tab-hides = Ce qu'il révèle
web-bundles-tab-pass = Transmettre
web-bundles-tab-describe = Décrire
web-bundles-known = Ce que vous savez par ailleurs
web-bundles-witness = Clés de témoins, telles qu'ils les publient
web-bundles-verify-again = Vérifier avec cela
web-files-choose = { $count ->
    [one] Choisir un fichier
   *[other] Choisir des fichiers
}
web-files-drop = Enlever
web-hides-what = Chaque page est dessinée, et l'on cherche le texte et les images qui sont dans le fichier sans être sur la page. D'une liasse, aussi ses durées, ses coupures, et ce qu'elle révèle avec les précédentes.
web-hides-names = Quel lecteur ne doit pas apprendre les noms de ce dossier ?
web-hides-nobody = Ne pas chercher de noms
web-hides-earlier = Comparer avec des liasses déjà parties
web-hides-earlier-none = Pour le comparer avec une liasse déjà partie, ajoutez-la aussi ci-dessus.
web-hides-look = Examiner
web-hides-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
web-hides-no-names = Les noms n'ont pas été cherchés : choisissez pour qui est le fichier.
web-hides-do = Que faire : faites des images des pages et envoyez celles-ci, ou retirez ce qui est nommé, dans le programme qui a fait le document ; puis examinez de nouveau. Dessiner un cadre dessus ne le retire pas.
web-tells-do = Que faire : occultez la même chose dans les deux, ou tenez pour acquis que qui possède les deux le lit ; une coupure de moins d'une seconde s'allonge en occultant davantage à côté.
web-hides-not-kept = { $count ->
    [one] Un fichier a été examiné ; ce qui a été trouvé est montré ici et n'est consigné nulle part.
   *[other] { $count } fichiers ont été examinés ; ce qui a été trouvé est montré ici et n'est consigné nulle part.
}
web-pass-what = Aucune clé du dossier d'origine n'est nécessaire. Ce qui était caché le reste ; ce que vous choisissez ici l'est aussi, et qui le lit apprend que c'est vous.
web-pass-from-whom = { $count ->
    [one] Faite pour { $recipient } : { $purpose }. Personne ne l'a encore transmise.
   *[other] Faite pour { $recipient } : { $purpose }. { $count } communicants jusqu'ici.
}
web-pass-press = Une liasse pour un journal ne prouve rien qui puisse être transmis.
web-pass-items = Ses éléments
web-pass-made-from = fait de l'élément { $number }
web-pass-drop = Ne pas transmettre
web-pass-never = Il part entier, ou ne part pas.
web-pass-passages = { $count ->
    [one] Son passage (choisis : { $chosen })
   *[other] Ses { $count } passages (choisis : { $chosen })
}
web-pass-lines = { $count ->
    [one] Sa ligne (choisies : { $chosen })
   *[other] Ses { $count } lignes (choisies : { $chosen })
}
web-pass-more = Il y en a d'autres ; désignez par leurs mots, ci-dessous, ce qu'il faut y occulter.
web-pass-from = De
web-pass-to = À
web-pass-row = Rangée
web-pass-column = Colonne, pour une seule cellule
web-pass-withhold = Occulter
web-pass-place = Occulté : { $place }
web-pass-names = Noms et mots
web-pass-names-what = Occultés partout où un texte les a, avec le son de ces secondes. Un par ligne.
web-pass-names-field = Noms : écrivez chacun comme vous le connaissez (caractères, graphie du passeport). Majuscules, accents, espaces et caractères traditionnels sont trouvés d'eux-mêmes
web-pass-words-field = Mots tels qu'ils sont écrits
web-pass-who = Pour qui, et par qui
web-pass-recipient = Destinataire, tel qu'imprimé
web-pass-purpose = Objet, tel qu'imprimé
web-pass-name = Qui transmet, tel qu'imprimé : un nom ou un alias ; peut être omis
web-pass-key = Votre propre clé, si vous en avez une : clé privée OpenSSH (Ed25519), sans phrase secrète.
web-pass-key-what = Sans elle, une clé est faite pour cette seule liasse, et personne ne la garde.
web-pass-now = Transmettre
web-pass-wait-what = Choisissez quoi occulter ou omettre
web-pass-wait-who = Dites pour qui et pour quoi
web-pass-done = La nouvelle liasse est faite et vérifiée, { $size }
web-pass-narrowed = Davantage est occulté de l'élément { $items }.
web-pass-again = Transmettre encore
web-describe-what = Une description de la liasse pour d'autres métiers, à poser à côté d'elle. Elle dit ce que le destinataire lit dans la liasse, et ne prouve rien : la liasse prouve.
web-describe-ro-crate = RO-Crate
web-describe-ro-crate-what = pour les archives et les dépôts de données
web-describe-case-uco = CASE/UCO
web-describe-case-uco-what = pour les laboratoires de preuve numérique

## Heure et témoins
web-stamps = L'heure, de l'extérieur
web-stamps-what = L'horloge de cet appareil ne prouve rien à personne. Une autorité d'horodatage dit quand le journal était tel qu'il est.
web-stamps-none = Aucune autorité n'a horodaté ce journal : ses heures ne sont que la parole de cet appareil.
web-stamp-roots = Racines auxquelles vous vous fiez
web-stamp-roots-what = Le certificat racine de l'autorité, obtenu par ailleurs. Sans lui, la confiance n'est pas vérifiée.
web-stamp-online = Interroger une autorité maintenant
web-stamp-file = Interroger par fichier, sans réseau
web-stamp-sends = Une connexion est ouverte vers chaque adresse : y partent un SHA-256 salé de la tête signée du journal et un nombre aléatoire, rien du dossier. L'autorité, et qui observe la ligne, apprend que cette machine a demandé, à moins qu'un mandataire ne la cache.
web-stamp-addresses = Adresses d'autorités
web-stamp-proxy = Par ce mandataire (proxy) ; peut être omis
web-stamp-ask = { $count ->
    [one] Se connecter et demander
   *[other] Se connecter et demander à { $count } autorités
}
web-stamp-file-what = Deux fichiers sont écrits : la demande, pour une machine en ligne, et un autre à garder ici jusqu'à ce que la réponse soit consignée.
web-stamp-file-ask = Écrire la demande
web-stamp-file-written = Écrits : { $request } et { $kept }. Envoyez la demande depuis une autre machine, et gardez l'autre fichier :
web-stamp-file-kept = Le fichier que vous avez gardé ({ $name })
web-stamp-file-answer = La réponse de l'autorité ({ $name })
web-stamp-file-record = Vérifier et consigner
web-witnesses = Témoins
web-witnesses-what = Un témoin retient le dernier état du journal qu'il a vu, et n'en signe un plus récent que s'il le prolonge : on ne peut montrer un journal à l'un et un autre à l'autre.
web-witness-log-key = La clé du journal, pour qu'un témoin le connaisse :
web-witness-ask = Demander à un témoin
web-witness-sees = Aucune connexion n'est ouverte : demande et réponse voyagent en fichiers. Un témoin voit le numéro du journal, son nombre d'entrées et une empreinte ; aucun contenu, aucun nom. Il apprend donc que ce journal existe et quand il grandit.
web-witness-key = La clé du témoin, telle qu'il la publie
web-witness-old = La taille à laquelle il dit avoir vu le journal, s'il en a répondu une
web-witness-write = Écrire la demande
web-witness-request = La demande que vous avez envoyée ({ $name })
web-witness-answer = La réponse du témoin
web-originals = Reprendre les originaux
web-originals-what = Chaque original, octet pour octet, dans un dossier de cette machine. Ils y sont en clair : qui a le dossier peut les lire.
web-originals-folder = Le dossier, par son chemin entier ; ses fichiers ne sont jamais écrasés
web-originals-keys = aussi la clé de chaque original, pour qu'un age ordinaire ouvre les fichiers du dossier
web-originals-write = Les écrire
web-job-narrow = Transmission d'une liasse
web-job-audit = Examen d'un fichier
web-job-timestamp = Demande aux autorités
web-job-export = Écriture des originaux
web-custody-tabs = Ce que montre Conservation
web-custody-tab-acts = Actes
web-custody-tab-time = Heure et témoins
web-custody-tab-originals = Originaux
web-stamp-address = Adresse de l'autorité
web-asic = Conteneur de signatures européennes (ASiC-E)
web-asic-what = La liasse telle quelle, dans le conteneur qu'ouvrent les outils eIDAS, avec un horodatage : que cette liasse même existait alors. Ce qu'elle contient, la liasse le prouve.
web-asic-sends = Une connexion est ouverte vers l'adresse : y partent le SHA-256 d'un manifeste qui désigne la liasse par le sien, et un nombre aléatoire. Qui a la liasse peut savoir qu'on a demandé pour elle.
web-asic-save = Enregistrer le conteneur
web-job-asic = Mise en conteneur
web-bundles-no-bundle = Ce n'est pas une liasse : on peut seulement examiner ce que ce fichier révèle.
web-hides-do-bundle = Que faire : un nom que ce lecteur ne doit pas apprendre s'occulte en transmettant la liasse (le nom dans la case Noms), ou par une nouvelle liasse où il est occulté. Ce qui est caché dans un document qu'elle contient s'enlève là où ce document est fait.
web-pass-no-press = Ce que vous transmettez reste une liasse de sa première sorte et peut être rapproché de celle que vous avez reçue : qui a les deux lit ce que l'une tait et que l'autre montre. Un journal reçoit la sienne, faite dans Communiquer.
web-pass-people = De ce dossier :
web-look-first = Voir d'abord ce qu'elle révèle
web-pass-no-time = Ce n'est pas un moment de cet enregistrement, long de { $length }. Un moment s'écrit 1:02 ou 1:02.5 ; « À » peut rester vide : jusqu'à la fin.
web-pass-until-end = de { $from } à la fin
web-in-part = aussi les originaux des textes, en partie
web-in-part-what = Conversations, tableaux, courriels, pages et données partent en texte. Si vous le choisissez, un tribunal reçoit aussi leurs originaux, prouvés depuis leurs octets scellés : ce qui est occulté y est caché, comme tout ce qui n'est pas compris. Un original en dit plus que son texte (heures, expéditeurs, champs) : voyez ce qu'il révèle avant qu'il parte.
web-gate-union-aliases-what = Un alias que lit un autre public figure dans ce qui est dit ici. Qui a les deux peut les rapprocher : occultez-le, ou tenez-les pour rapprochés.
web-gate-union-alias = Pièce { $exhibit } : { $count ->
    [one] un alias pour l'autre public ({ $audience }), à un endroit, de
   *[other] un alias pour l'autre public ({ $audience }), à { $count } endroits, de
}
web-hides-compared = Comparé avec { $file } : rien n'a été trouvé que les deux révèlent ensemble.
web-within-strike = se trouve dans « { $words } », occulté en entier
web-bundles-made = Faite ici : elle attend d'être enregistrée jusqu'au verrouillage du dossier.
