### What the command line says: progress, tables, errors with their advice. Ids begin with "cli-".

## Asking
cli-ask-passphrase = Phrase secrète :
cli-ask-new-passphrase = Phrase secrète du nouveau dossier (laissez vide pour en recevoir une) :
cli-ask-again = Encore une fois la même :
cli-passphrase-offered = Votre phrase secrète est

        { $passphrase }

    Notez-la sur papier maintenant. Elle n'est montrée qu'une fois ; sans elle, personne ne peut ouvrir le dossier.

## Progress
cli-stage-finding = Recherche des fichiers
cli-stage-sealing = Mise sous scellés
cli-stage-reading = Lecture
cli-stage-recognising = Lecture des images
cli-stage-transcribing = Transcription
cli-stage-indexing = Indexation
cli-stage-understanding = Lecture du sens
cli-stage-verifying = Vérification
cli-stage-drawing = Dessin des pages
cli-stage-packing = Mise en liasse
cli-stage-exporting = Écriture des originaux
cli-progress = { $stage } : { $done }
cli-progress-of = { $stage } : { $done } sur { $total } ({ $percent } %)
cli-progress-exhibit = , pièce { $number }
cli-progress-left = , encore { $time } environ
cli-seconds = { $count } s
cli-minutes = { $count } min
cli-hours = { $hours } h { $minutes } min
cli-stopping = Arrêt : ce qui est en cours d'écriture est d'abord achevé. Un second Ctrl-C quitte aussitôt ; rien de ce qui a été confirmé n'est perdu.

## Columns
cli-column-exhibit = N°
cli-column-kind = Nature
cli-column-size = Taille
cli-column-length = Durée
cli-column-text = Texte
cli-column-path = Origine
cli-column-read = Lues
cli-column-partly = En partie
cli-column-unread = Non lues
cli-column-took = Durée
cli-column-why = Motif
cli-column-same = Redonné sous
cli-column-compartment = Compartiment
cli-column-tool = Fait par
cli-column-entry = Entrée
cli-column-when = Date
cli-column-act = Acte
cli-column-person = Personne
cli-column-protection = Protection
cli-column-role = Rôle
cli-column-names = Autres noms

## Kinds, layers, acts
cli-kind-recording = enregistrement
cli-kind-document = document
cli-kind-mail = courriel
cli-kind-chat = conversation
cli-kind-call-log = relevé d'appels
cli-kind-table = tableau
cli-kind-web = page web
cli-kind-text = texte
cli-kind-other = autre
cli-layer-reading = texte
cli-layer-transcript = transcription
cli-layer-transcript-part = transcription commencée
cli-layer-ocr-part = début du texte des images
cli-layer-corrected = texte corrigé
cli-layer-release = version de communication
cli-act-lane = ouverture du registre
cli-act-commit = validation
cli-act-seal = mise sous scellés
cli-act-exhibit = numérotation de la pièce
cli-act-derive = dérivé établi
cli-act-person = personne décrite
cli-act-merge = deux personnes réunies en une
cli-act-alias = pseudonyme donné
cli-act-consent = accord consigné
cli-act-heard = écoute consignée
cli-act-plan = plan d'occultation
cli-act-keep = occurrence jugée ne pas être un nom
cli-act-correct = correction
cli-act-census = recensement
cli-act-disclose = communication
cli-act-timestamp = horodaté
cli-act-witness = contresigné par un témoin
cli-act-sealed = scellé : sa clé n'est pas ici

## Why something was not read
cli-finding-too-many = plus de signes sur une page que le programme n'en distingue
cli-finding-not-placed = ce qui est occulté sur la page ne se retrouve pas parmi ses lettres
cli-finding-page-too-large = pages trop nombreuses ou trop grandes pour des images
cli-finding-no-program = le programme qui dessine les pages manque
cli-finding-empty = vide
cli-finding-mislabelled = nommé comme une autre sorte de fichier
cli-finding-speech-missing = pas de transcription : le moteur de parole manque
cli-finding-truncated = tronqué
cli-finding-malformed = n'a pas la forme annoncée
cli-finding-encrypted = chiffré
cli-finding-unsupported-format = aucun lecteur pour ce format
cli-finding-too-large = trop grand pour être lu
cli-finding-too-much = plus de texte qu'il n'en est lu
cli-finding-names-not-looked-for = emballé d'une façon qui n'est pas ouverte ici ; les noms n'y ont pas été cherchés
cli-finding-not-audited = ce type de fichier n'est pas examiné
cli-finding-no-text = aucun texte
cli-finding-no-text-layer = pages sans texte (images de texte)
cli-finding-no-sound = aucun son
cli-finding-sound-damaged = son endommagé
cli-finding-rate-unknown = fréquence d'échantillonnage impossible
cli-finding-no-page = cette page n'existe pas
cli-finding-text-uncertain = le document ne dit pas ce que sont certaines lettres
cli-finding-alternatives-differ = ses versions texte et HTML disent des choses différentes
cli-finding-date-invalid = sa date n'est pas une date
cli-finding-date-ambiguous = jour et mois ne se distinguent pas : aucune date retenue
cli-finding-date-by-course = jour et mois distingués par le seul ordre des entrées
cli-finding-date-contradictory = aucun ordre du jour et du mois ne convient à toutes ses dates
cli-finding-metadata-clipped = plus de métadonnées que ce qui est repris
cli-finding-c2pa-manifest = un manifeste C2PA : ce qu'affirme son auteur, preuve de rien
cli-finding-c2pa-mismatch = un manifeste C2PA qui ne correspond pas
cli-finding-c2pa-unread = un manifeste C2PA illisible
cli-finding-too-many-findings = plus de constats qu'il n'en est listé
cli-finding-sound-changes = le son change de forme en cours de route : le reste n'a pas été lu
cli-finding-channels-identical = les deux voies portent le même son
cli-finding-text-rejected = des mots posés sur ce qui était à peine une voix ont été écartés
cli-finding-text-sparse = moins de mots que de secondes de voix : une phrase peut manquer
cli-finding-draft-transcript = dans cette langue, la transcription est un brouillon : faites-la corriger par qui la parle
cli-finding-fence-missing = une clôture exigée manque : rien n'a été lu
cli-finding-reader-panicked = le lecteur est tombé sur un cas qu'il ne connaît pas
cli-finding-scratch-failed = le lecteur n'avait pas de mémoire de travail
cli-finding-job-unknown = le programme ne fait pas cela
cli-finding-worker-answer-malformed = la réponse du lecteur n'avait pas sa forme
cli-finding-decoder-missing = un décodeur manque sur cette machine
cli-finding-text-damaged = texte endommagé
cli-finding-encoding-damaged = encodage endommagé
cli-finding-message-unread = un message n'a pas pu être lu
cli-finding-page-unread = une page n'a pas pu être lue
cli-finding-part-unread = un fichier contenu n'a pas pu être extrait
cli-finding-pictures-inside = les images contenues n'ont pas été lues
cli-finding-sheet-hidden = des feuilles sont masquées ; elles ont été lues aussi
cli-finding-text-deleted = du texte a été supprimé en suivi des modifications ; il a été lu aussi
cli-finding-text-scavenged = aucun lecteur pour ce format ou pour une partie ; ce qui ressemble à du texte a été pris tel quel, peut-être dans le désordre
cli-finding-changes-beside = ses dernières modifications peuvent se trouver dans un fichier à côté (-wal) : à ajouter aussi
cli-finding-refers-outside = il renvoie à des éléments extérieurs qu'un programme peut aller chercher en l'ouvrant ; rien n'a été cherché
cli-finding-macros-inside = il contient des macros ; elles n'ont pas été exécutées
cli-finding-picture-unread = ce que montre l'image n'a pas été lu
cli-finding-ocr-missing = son texte n'a pas été lu : les modèles nécessaires manquent
cli-finding-text-recognised = texte lu sur une image par une machine
cli-finding-layer-off = des calques du document sont masqués ; ils ont été lus aussi
cli-finding-row-unread = une ligne n'a pas pu être lue
cli-finding-symbolic-link = lien symbolique : donnez le fichier lui-même
cli-finding-special-file = n'est pas un fichier d'octets
cli-finding-own-case = fichiers propres d’un dossier : non scellés dans un dossier
cli-finding-too-deep = inséré plus profond que ce qui est ouvert en une fois : un nouvel ajout poursuit la lecture
cli-finding-unreadable = illisible sur le disque
cli-finding-changing = changeait sans cesse pendant la mise sous scellés
cli-finding-object-damaged = ses octets scellés sont endommagés
cli-finding-voice-without-words = voix sans paroles : écoutez-les
cli-finding-text-cut-short = plus de mots que le modèle n'en pouvait écrire
cli-finding-worker-crashed = a fait tomber le lecteur
cli-finding-worker-exited = le lecteur s'est arrêté avant sa réponse
cli-finding-worker-killed-memory = demandait plus de mémoire qu'un lecteur n'en a
cli-finding-worker-killed-stack = imbrication trop profonde
cli-finding-worker-killed-cpu = demandait trop de calcul
cli-finding-worker-killed-wall = a pris trop de temps
cli-finding-worker-killed-size = se déploie en trop d'octets
cli-finding-worker-killed-fence = a poussé le lecteur à un acte interdit
cli-finding-worker-killed-outside = le système a mis fin au lecteur

## init
cli-init-done = Nouveau dossier dans { $path }, identifiant { $case }.
cli-init-passphrase = Sa phrase secrète : { $passphrase }
cli-init-lost = Qui perd la phrase secrète perd le dossier : sans elle, personne ne peut l'ouvrir.
cli-place-network = Attention : ce dossier est sur un système de fichiers en réseau. Verrous et écritures peuvent n'y pas tenir ; gardez-le sur un disque local.
cli-place-synced = Attention : un programme copie ce dossier ailleurs. Arrêtez cette copie, ou déplacez le dossier.
cli-place-volatile = Attention : ce dossier est en mémoire et disparaît au prochain démarrage.
cli-place-not-checked = La nature du système de fichiers n'a pas été vérifiée.

## add, transcribe
cli-add-sealed = { $count ->
    [0] Rien de nouveau à mettre sous scellés
    [one] { $count } pièce mise sous scellés
   *[other] { $count } pièces mises sous scellés
}
cli-add-duplicates = { $count ->
    [one] , { $count } l'était déjà
   *[other] , { $count } l'étaient déjà
}
cli-add-read = { "\u00A0" }; lues : { $read }, lues sur image : { $seen }, transcrites : { $heard }.
cli-add-title-duplicates = { $count ->
    [one] Déjà sous scellés, non reprise : { $count }
   *[other] Déjà sous scellés, non reprises : { $count }
}
cli-add-title-refused = Non mis sous scellés : { $count }
cli-add-title-not-read = { $count ->
    [one] Sous scellés, mais non lue ou pas en entier : { $count } pièce
   *[other] Sous scellés, mais non lues ou pas en entier : { $count } pièces
}
cli-add-stopped = Arrêté avant la fin. Tout ce qui est listé est en sûreté ; la même commande reprend la suite.
cli-transcribed = { $count ->
    [one] { $count } enregistrement transcrit.
   *[other] { $count } enregistrements transcrits.
}
cli-transcribe-stopped = Arrêté avant la fin. Ce qui a été entendu est en sûreté ; la même commande reprend à cet endroit.
cli-recognised = { $count ->
    [0] Il ne restait pas de texte à lire sur des images.
    [one] Le texte de { $count } image ou papier a été lu.
   *[other] Le texte de { $count } images et papiers a été lu.
}
cli-ocr-stopped = Arrêté avant la fin. Ce qui a été lu est en sûreté ; la même commande reprend à cet endroit.

## ls, show, log
cli-ls-empty = Le dossier est vide. casemate add CHEMIN met des fichiers sous scellés.
cli-ls-all-read = Tout a été lu.
cli-ls-marked = ! une partie n'a pas été lue ; casemate show NUMÉRO dit laquelle.
cli-show-within = Était dans
cli-show-sealed = Scellée le
cli-show-seal = N° de scellé
cli-show-root = Racine
cli-show-profile = Découpe
cli-show-leaves = Feuilles
cli-show-heard = Écouté
cli-show-derived = Établi à partir d'elle
cli-show-findings = Non lu
cli-show-notes = Bon à savoir
cli-show-custody = Chaîne de conservation
cli-log-lane = File
cli-log-entries = Entrées
cli-log-checkpoint = État signé
cli-log-damaged = Endommagé, et non compté ci-dessus
cli-log-not-understood = version { $version } : non comprise

## search
cli-search-all = { $total ->
    [0] Rien trouvé.
    [one] { $total } passage.
   *[other] { $total } passages.
}
cli-search-part = { $shown } passages montrés sur { $total }.
cli-search-close = Proche par le sens, en d'autres mots. Le nombre dit combien l'encodeur trouve les deux sens semblables (cosinus, au plus 1) ; lisez chaque passage avant de vous y fier :
cli-search-close-none = Rien n'est proche par le sens sans contenir les mots.
cli-search-close-words = Aucun mot de la requête n'a de sens à chercher.
cli-search-close-waiting = { $count ->
    [one] { $count } texte n'a pas encore été lu pour son sens : la même recherche continue.
   *[other] { $count } textes n'ont pas encore été lus pour leur sens : la même recherche continue.
}
cli-search-close-no-model = Pas de recherche par le sens : le modèle de l'encodeur de phrases n'est pas là. script/setup l'apporte ; --models DIR ou CASEMATE_MODELS dit où il se trouve.
cli-search-close-other-model = Pas de recherche par le sens : ce qui est à la place du modèle de l'encodeur de phrases en est un autre. script/setup l'apporte de nouveau.

## person
cli-person-none = Personne encore. casemate person add décrit une personne.
cli-person-red = rouge
cli-person-protected = protégée
cli-person-legend = ✓ d'accord, (✓) ne peut être consultée et quelqu'un a décidé, ✗ refus, ? rien de consigné. Un pseudonyme donné ne change plus.

## heard
cli-heard = Pièce { $exhibit } : { $heard } écouté sur { $duration }.
cli-heard-gaps = Personne n'a écouté : { $gaps }

## redact
cli-plan = { $count ->
    [0] Pièce { $exhibit }, destinataire { $audience } : rien n'est occulté.
    [one] Pièce { $exhibit }, destinataire { $audience } : { $count } occultation.
   *[other] Pièce { $exhibit }, destinataire { $audience } : { $count } occultations.
}
cli-plan-open = { $count ->
    [one] Une occurrence reste en suspens et arrête toute communication :
   *[other] { $count } occurrences restent en suspens et arrêtent toute communication :
}
cli-plan-kept = { $count ->
    [one] Jugée ne pas être un nom, ou anodine :
   *[other] Jugées ne pas être des noms, ou anodines ({ $count }) :
}
cli-plan-cuts = Coupé dans le son, marges comprises : { $cuts }
cli-plan-aside = { $count ->
    [one] Un autre se trouve dans des métadonnées ou un nom de fichier, qui ne sortent pas.
   *[other] { $count } autres se trouvent dans des métadonnées ou des noms de fichier, qui ne sortent pas.
}
cli-plan-reviewed = Relu par { $name }.
cli-plan-proposal = Proposition : personne ne l'a relue, donc rien ne sort.
cli-plan-outdated = Ce plan vaut pour un texte plus ancien. Proposez-le de nouveau et relisez-le.
cli-review-how = { $count ->
    [0] Aucun nom trouvé. Regardez vous-même le texte avant de signer.
    [one] Une occultation. Entrée la maintient ; s la lève ; q quitte sans signer.
   *[other] { $count } occultations. Entrée maintient ; s lève ; q quitte sans signer.
}
cli-review-ask-find = occulter ? [Entrée/s/q]
cli-review-ask-strike = maintenir cette occultation ? [Entrée/s/q]
cli-review-why = pourquoi n'est-ce pas un nom ?
cli-review-name = Votre nom, pour signer la relecture :
cli-review-left = Quitté sans signer. La proposition est gardée ; rien ne sort avant une relecture.
cli-identifier-email = adresse électronique
cli-identifier-phone = numéro de téléphone
cli-identifier-document = numéro de passeport ou de pièce d'identité
cli-identifier-account = numéro de compte
cli-identifier-handle = pseudonyme en ligne
cli-identifier-birth-date = date de naissance
cli-identifier-address = adresse
cli-sure-part = partie d'un nom
cli-sure-sounds = sonne comme le nom
cli-sure-near = proche du nom

## disclose
cli-column-item = Élément
cli-column-handed-over = Remis
cli-column-withheld = Occulté
cli-column-title = Titre
cli-mode-whole = en entier
cli-mode-partial = en partie
cli-mode-release = texte occulté
cli-mode-text = texte seul
cli-disclosed = { $path } : { $exhibits ->
    [one] une pièce
   *[other] { $exhibits } pièces
} en { $count ->
    [one] un élément
   *[other] { $count } éléments
}, { $size }.
cli-withheld-squares = { $count ->
    [one] un carré noirci
   *[other] { $count } carrés noircis
}
cli-narrowed = { $path } a été fait et vérifié. Davantage est occulté de la pièce { $items }.
cli-narrowed-dropped = { $path } a été fait et vérifié.
cli-narrowed-unread = Non examiné pour les noms et les mots : pièce { $items } (son sans transcription, images de pages, ou fichier remis entier). Écoutez, regardez, ou retirez-la.
cli-narrowed-elsewhere = Un passage que vous avez occulté se trouve encore, mot pour mot, dans : { $files }.
cli-narrowed-first-unknown = La liasse reçue ne porte pas de déclaration de sa première source qui puisse être transmise : lequel de vous deux a occulté quelle partie se lira NON VÉRIFIÉ.
cli-disclosed-unasked = { $count ->
    [one] Une personne qui y figure ne peut être consultée : quelqu'un d'autre a décidé pour elle.
   *[other] { $count } personnes qui y figurent ne peuvent être consultées : quelqu'un d'autre a décidé pour elles.
}
cli-disclosed-passed = { $count ->
    [one] Passé outre à votre demande : une partie qu'un envoi antérieur traitait autrement.
   *[other] Passé outre à votre demande : { $count } parties qu'un envoi antérieur traitait autrement.
}
cli-disclosed-signer = Signé avec { $signer }. Donnez cette clé au destinataire par une autre voie, de vive voix ou par lettre signée ; il vérifie la liasse par :
cli-pages-not-drawn = Pièce { $exhibit } : son texte sort, ses pages restent : la page { $page } ne peut pas être dessinée ({ $finding }).
cli-pages-not-placed = Pièce { $exhibit } : son texte sort, ses pages restent : ce qui est occulté page { $page } ne se retrouve pas parmi ses lettres.
cli-pages-too-large = Pièce { $exhibit } : son texte sort, ses pages restent : la page { $page } est trop grande, ou les pages trop nombreuses, pour sortir en images.
cli-original-undivided = Pièce { $exhibit } : son texte sort, son original reste : il n’a pas été scellé en lignes, cellules ou balises.
cli-original-too-long = Pièce { $exhibit } : son texte sort, son original reste : il est trop long pour être examiné.
cli-original-not-placed = Pièce { $exhibit } : son texte sort, son original reste : ce qui est occulté ne s’y retrouve pas autant de fois.
cli-original-nothing-open = Pièce { $exhibit } : son texte sort, son original reste : rien ne pourrait y rester ouvert.

## export
cli-exported = { $count ->
    [one] { $count } original écrit dans { $path }, { $size }.
   *[other] { $count } originaux écrits dans { $path }, { $size }.
}
cli-exported-same = { $count ->
    [one] { $count } s'y trouvait déjà, octet pour octet.
   *[other] { $count } s'y trouvaient déjà, octet pour octet.
}
cli-exported-keys = { $count ->
    [one] { $count } clé dans keys/ : qui la détient peut lire cet original.
   *[other] { $count } clés dans keys/ : qui en détient une peut lire cet original.
}
cli-exported-failed = La pièce { $exhibit } n'a pas été écrite : { $why }.

## verify
cli-column-outcome = Issue
cli-column-finding = Constat
cli-column-object = Objet
cli-column-facts = Faits
cli-verify-case-whole = Rien n'a échoué. Établis : { $proven }, non vérifiés : { $unchecked }, échoués : { $failed }.
cli-verify-case-damaged = ENDOMMAGÉ. Échoués : { $failed }, établis : { $proven }, non vérifiés : { $unchecked }.

## audit
cli-audit-hides = { $file } : CACHE MAL
cli-audit-not-checked = { $file } : rien trouvé, mais TOUT N'A PAS ÉTÉ VÉRIFIÉ
cli-audit-nothing = { $file } : rien de caché n'a été trouvé
cli-audit-more = et { $count } de plus (--json les donne tous)
cli-audit-unlooked = non examiné : { $why }
cli-tell-open-there = Ce que la pièce { $item } occulte se lit dans { $other }, pièce { $there } : { $places ->
    [one] un endroit
   *[other] { $places } endroits
}.
cli-tell-open-here = Ce que { $other }, pièce { $there }, occulte se lit ici dans la pièce { $item } : { $places ->
    [one] un endroit
   *[other] { $places } endroits
}.
cli-tell-open-there-at = Ce que l'élément { $item } occulte s'entend dans { $other }, élément { $there }, à { $times } : qui a les deux l'a.
cli-tell-open-here-at = Ce que { $other }, élément { $there }, occulte s'entend ici dans l'élément { $item } à { $times } : qui a les deux l'a.
cli-tell-joined = Elle partage { $count ->
    [one] { $by ->
        [alias] un alias
       *[key] une clé de signature
    }
   *[other] { $count } { $by ->
        [alias] alias
       *[key] clés de signature
    }
} avec { $other } : qui détient les deux sait qu'elles viennent d'un même dossier.
cli-tell-exact-length = La pièce { $item } montre sa durée exacte, { $length } : sur une journée inventée de { $of } appels d'un opérateur, { $calls } durent autant. Qui a les relevés d'un opérateur peut retrouver l'appel.
cli-tell-short-cut = La coupure à { $at } de la pièce { $item } dure { $ms } ms : si courte qu'elle dit la longueur du mot.
cli-finding-not-compared = une liasse antérieure qui ne peut être lue : non comparée
cli-finding-bundle-does-not-hold = la liasse échoue à sa propre vérification ; durées et coupures n'ont pas été examinées
cli-audit-tells-do = occultez la même chose dans les deux, ou tenez pour acquis que qui détient les deux la lit ; une coupure de moins d'une seconde s'allonge en occultant davantage à côté.
cli-audit-sum = Cachent mal : { $hides }. Rien trouvé : { $nothing }. Pas entièrement vérifiés : { $unchecked }.
cli-audit-name = un nom que le destinataire ne doit pas apprendre, dans { $file } ({ $form })
cli-audit-no-names = Les noms n'ont pas été cherchés : --profile dit pour quel destinataire.
cli-audit-do = faites des images des pages et envoyez celles-ci, ou retirez ce qui est nommé avec le programme qui a fait le document, puis refaites l'audit. Dessiner un cadre par-dessus ne retire rien.
cli-audit-place = page { $page }, à { $across } mm du bord gauche et { $down } mm du haut : { $what }
cli-audit-page = page { $page } : { $what }
cli-audit-says = { $what } : « { $words } »
cli-hidden-covered = du texte sous quelque chose dessiné par-dessus
cli-hidden-same-colour = du texte de la couleur de son fond
cli-hidden-invisible = du texte invisible là où la page n'en montre pas
cli-hidden-outside = du texte hors de la page visible
cli-hidden-clipped = du texte coupé par un tracé de découpe
cli-hidden-tiny = du texte trop petit pour être lu
cli-hidden-layer-off = un calque désactivé
cli-hidden-hidden-annotation = une annotation ou un champ de formulaire qui n'est pas montré
cli-hidden-marked-for-redaction = un endroit marqué pour être caviardé et qui ne l'a jamais été
cli-hidden-picture-covered = une image sous quelque chose dessiné par-dessus
cli-hidden-earlier-version = une version antérieure, gardée dans le fichier
cli-hidden-unreferenced = du texte qu'aucune page ne montre
cli-hidden-unreferenced-picture = { $count ->
    [one] { $count } image qu'aucune page ne montre
   *[other] { $count } images qu'aucune page ne montre
}
cli-hidden-label = une étiquette sur un cadre, ou la petite marque d'un programme
cli-hidden-attachment = un fichier dans le document, non examiné
cli-hidden-metadata = métadonnées
cli-hidden-comment = un commentaire

## doctor
cli-doctor-ok = tient
cli-doctor-warning = ATTENTION
cli-cure-program-worker = mettez casemate-worker dans le répertoire de casemate : sans lui, rien ne peut être lu.
cli-cure-program-speech = mettez casemate-speech dans le répertoire de casemate, et ses modèles là où ils sont trouvés : sans eux, rien n'est transcrit.
cli-cure-model = reprenez les modèles par script/setup.
cli-cure-meaning = apportez le modèle de l'encodeur de phrases par script/setup : sans lui, rien n'est trouvé par le sens.
cli-cure-keys-locked = laissez l'utilisateur verrouiller plus de mémoire (ulimit -l), ou prenez une machine sans espace d'échange.
cli-cure-swap = chiffrez l'espace d'échange ou désactivez-le : la mémoire peut y être écrite.
cli-cure-core-dumps = désactivez les vidages de mémoire (ulimit -c 0).
cli-cure-case-folder = gardez le dossier sur un disque local qu'aucun programme ne copie ailleurs.
cli-cure-clock = réglez l'horloge : les heures du registre sont celles de cette machine.
cli-cure-fence = une clôture manque : prenez un noyau plus récent, ou autorisez-la là où cette machine l'interdit. Sans une clôture exigée, rien n'est lu.
cli-fence-user-namespace = ses propres utilisateurs
cli-fence-network-namespace = aucun périphérique de réseau
cli-fence-ipc-namespace = aucune mémoire partagée avec d'autres
cli-fence-parent-death = il finit avec le programme
cli-fence-no-dump = sa mémoire est fermée aux autres
cli-fence-no-new-privileges = aucun droit nouveau
cli-fence-landlock = fichiers et réseau fermés
cli-fence-seccomp = ni connexions ni autres programmes
cli-fence-no-core = aucun vidage de mémoire
cli-fence-file-size = une limite à ce qu'il écrit
cli-fence-descriptors = une limite à ce qu'il ouvre
cli-fence-cpu = une limite à son calcul
cli-fence-memory = une limite à sa mémoire
cli-fact-cause = { $cause }
cli-fact-fence = { $fence } : { $granted ->
    [yes] en place
   *[no] manque ({ $cause })
}, { $need ->
    [required] exigée
   *[asked] là où accordée
}
cli-fact-program-missing = il n'est pas à côté de ce programme
cli-fact-program-answers = il répond
cli-fact-model-none = aucun modèle n'est indiqué
cli-fact-model-pinned = { $file } : conforme à l'empreinte fixée
cli-fact-model-other = { $file } : autre SHA-256 que celui qui est fixé
cli-fact-model-unreadable = { $file } ne peut être lu : { $cause }
cli-fact-meaning-none = le modèle de l'encodeur de phrases n'est pas là
cli-fact-locked-none = aucun dossier n'est ouvert
cli-fact-locked-all = { $count ->
    [one] { $count } page de clés est verrouillée
   *[other] { $count } pages de clés sont verrouillées
}
cli-fact-locked-part = { $locked } pages de clés sur { $count } sont verrouillées ; les autres peuvent passer dans l'espace d'échange
cli-fact-unsaid = ce système ne le dit pas
cli-fact-swap-none = aucun espace d'échange en service
cli-fact-swap-safe = tout l'espace d'échange est chiffré ou en mémoire
cli-fact-swap-open = { $device } n'est pas chiffré
cli-fact-swap-untold = { $device } : on ne peut dire s'il est chiffré
cli-fact-core-none = ce processus n'en écrit pas
cli-fact-core-limit = une panne peut écrire la mémoire sur le disque, { $limit ->
    [unlimited] sans limite
   *[other] limite { $limit }
}
cli-fact-folder-plain = ni réseau ni répertoire synchronisé
cli-fact-folder-not-looked = son emplacement n'a pas été examiné
cli-fact-folder-network = sur un système de fichiers en réseau
cli-fact-folder-synced = un programme le copie ailleurs
cli-fact-folder-volatile = en mémoire : disparaît au prochain démarrage
cli-fact-clock-before = { $time } est antérieur à ce programme
cli-fact-clock-word = { $time } : parole de cette machine, comparée à rien
cli-fact-entries = { $count ->
    [one] une entrée
   *[other] { $count } entrées
}
cli-fact-acts = { $count ->
    [one] un acte
   *[other] { $count } actes
}
cli-fact-objects = { $count ->
    [one] un objet
   *[other] { $count } objets
}
cli-fact-commits = { $count ->
    [one] une validation
   *[other] { $count } validations
}
cli-fact-bytes = { $count ->
    [one] un octet
   *[other] { $count } octets
}

## demo
cli-demo-begin = L'affaire de H. Tout ici est fiction : personnes, pays, sociétés.
cli-demo-init = Un nouveau dossier
cli-demo-open = Ouvert par la phrase secrète
cli-demo-add = Mis sous scellés et lu
cli-demo-transcribe = Transcrit
cli-demo-search = Recherché
cli-demo-people = Personnes et pseudonymes (● tue à une juridiction ; juridiction · presse)
cli-demo-refused = Communiqué trop tôt : refusé
cli-demo-heard = Écouté par une personne nommée
cli-demo-redact = Occulté pour la juridiction
cli-demo-disclose = Communiqué à la juridiction
cli-demo-verify = Vérifié comme le ferait le juge
cli-demo-tamper = Un bit changé dans une copie
cli-demo-redact-press = Occulté pour un journal
cli-demo-disclose-press = Communiqué au journal
cli-demo-verify-press = Vérifié comme le ferait le journal
cli-demo-case = Tout le dossier vérifié
cli-demo-took = { $seconds } s
cli-demo-consent = consultée en personne
cli-demo-not-named = { $path } devrait être parmi les non lus
cli-demo-not-found = « { $query } » devrait être trouvé dans { $path }
cli-demo-not-refused = ceci aurait dû être refusé
cli-demo-damaged = le dossier devrait être entier
cli-demo-flipped = Un bit est changé dans { $file }, à l'octet { $at } de la liasse :
cli-demo-more = { $count ->
    [one] … et { $count } autre
   *[other] … et { $count } autres
}
cli-demo-look = Que regarder maintenant :
cli-demo-end = Tout comme prévu, en { $time }.
cli-demo-odd = Fini en { $time }. Ce qui diffère du plan est marqué d'un ! ci-dessus.

## What stops a disclosure
cli-block-not-reviewed = pièce { $exhibit } : personne n'a relu son plan (casemate redact { $exhibit })
cli-block-not-heard-unknown = pièce { $exhibit } : la durée de cet enregistrement n'a pas pu être lue, personne ne peut donc l'avoir écouté en entier ; occultez le son ou laissez la pièce de côté
cli-block-not-heard = pièce { $exhibit } : personne n'a écouté { $ranges } (casemate heard { $exhibit } --by NOM)
cli-block-name-open = { $finds ->
    [one] pièce { $exhibit } : un endroit nomme encore la personne { $person }
   *[other] pièce { $exhibit } : { $finds } endroits nomment encore la personne { $person }
}
cli-block-identifier-open = { $finds ->
    [one] pièce { $exhibit } : un numéro, une adresse ou une date qui dit qui est quelqu'un serait lisible (casemate redact --propose, ou --keep)
   *[other] pièce { $exhibit } : { $finds } numéros, adresses ou dates qui disent qui est quelqu'un seraient lisibles (casemate redact --propose, ou --keep)
}
cli-block-no-consent = pièce { $exhibit } : la personne { $person } n'a pas été consultée (casemate person consent)
cli-block-consent-refused = pièce { $exhibit } : la personne { $person } a refusé
cli-block-opened-before = { $leaves ->
    [one] pièce { $exhibit } : un élément que ceci cacherait était ouvert dans une communication antérieure ; qui l'a le lit encore (--cover le laisse passer)
   *[other] pièce { $exhibit } : { $leaves } éléments que ceci cacherait étaient ouverts dans une communication antérieure ; qui l'a les lit encore (--cover les laisse passer)
}
cli-block-uncovered = { $places ->
    [one] pièce { $exhibit } : un passage que ceci montrerait était occulté dans une communication antérieure ; les deux ensemble disent qui se cache derrière l'alias (occultez-le, ou ajoutez --uncover)
   *[other] pièce { $exhibit } : { $places } passages que ceci montrerait étaient occultés dans une communication antérieure ; les deux ensemble disent qui se cache derrière les alias (occultez-les, ou ajoutez --uncover)
}

## Errors: what happened, and what to do
cli-what-to-do = Que faire :
cli-error-no-case-named = Aucun dossier n'est nommé, et il n'y en a ni ici ni au-dessus.
cli-error-no-case-named-do = allez dans le dossier, ou nommez-le par --case DIR ou CASEMATE_CASE. casemate init DIR en fait un nouveau.
cli-error-not-a-case = { $path } n'est pas un dossier Casemate : casemate.toml n'y est pas.
cli-error-not-a-case-do = nommez le répertoire que casemate init a fait.
cli-error-no-passphrase = Le dossier est verrouillé : ni fichier de phrase secrète, ni terminal où la demander.
cli-error-no-passphrase-do = nommez un fichier par --passphrase-file ou CASEMATE_PASSPHRASE_FILE, ou lancez la commande dans un terminal.
cli-error-passphrase-file = Le fichier de phrase secrète { $path } ne convient pas : { $cause }.
cli-error-passphrase-file-do = mettez la phrase sur une seule ligne d'un fichier que vous pouvez lire.
cli-error-passphrase-short = La phrase secrète a moins de { $least } caractères.
cli-error-passphrase-short-do = prenez-en une plus longue, ou laissez vide : une phrase de sept mots sera faite pour vous.
cli-error-passphrases-differ = Les deux phrases diffèrent ; rien n'a été fait.
cli-error-passphrases-differ-do = recommencez.
cli-error-wrong-passphrase = La phrase secrète n'ouvre pas ce dossier.
cli-error-wrong-passphrase-do = vérifiez les mots, la disposition du clavier et le dossier. Sans elle, personne ne peut l'ouvrir.
cli-error-interrupted = Arrêté à votre demande ; rien n'a changé.
cli-error-interrupted-do = relancez la commande quand vous voudrez.
cli-error-stopped = Arrêté à votre demande. Tout ce qui était achevé est gardé.
cli-error-stopped-do = relancez la même commande : elle reprend où elle s'est arrêtée.
cli-error-file = { $path } : { $cause }.
cli-error-file-do = vérifiez qu'il existe et que vous avez le droit de le lire ou de l'écrire.
cli-error-file-exists = { $path } existe déjà ; rien n'a été écrasé.
cli-error-file-exists-do = nommez un nouveau fichier, ou déplacez l'ancien.
cli-error-disk-full = Le disque est plein, en écrivant { $name }. Rien de ce qui a été confirmé n'est perdu.
cli-error-disk-full-do = faites de la place et relancez la même commande : elle reprend où elle s'est arrêtée.
cli-error-output = La réponse n'a pas pu être écrite : { $cause }.
cli-error-output-do = vérifiez où va la sortie standard.
cli-error-no-name = Il faut au moins un nom.
cli-error-no-name-do = donnez --han, --pinyin, --passport ou --name.
cli-error-no-reason = Une occultation a besoin de son motif.
cli-error-no-reason-do = donnez --reason name, identifier, private-life ou privilege.
cli-error-no-demo = Le répertoire de la démonstration est introuvable.
cli-error-no-demo-do = nommez-le par --demo CHEMIN : c'est celui qui contient plan.toml.
cli-error-demo-form = { $path } ne convient pas : { $cause }.
cli-error-demo-form-do = prenez le répertoire de la démonstration tel qu'il est livré.
cli-error-worker = Un lecteur n'a pas pu travailler : { $cause }.
cli-error-worker-do = lancez casemate doctor ; les programmes doivent être ensemble dans un répertoire.
cli-error-no-program = { $program }, ou ce dont il a besoin, n'est pas là.
cli-error-no-program-do = gardez tous les programmes de Casemate dans un répertoire. Pour la parole, il faut aussi les modèles : script/setup, --models DIR ou CASEMATE_MODELS.
cli-error-query = La recherche n'est pas comprise : { $cause }.
cli-error-query-do = casemate help search montre des exemples ; mettez entre guillemets ce qui est inhabituel.
cli-error-busy = Un autre programme a le dossier ouvert en écriture ({ $name }).
cli-error-busy-do = attendez qu'il ait fini, ou mettez-y fin. La lecture reste possible.
cli-error-index = L'index de recherche ne convient pas : { $cause }.
cli-error-index-do = effacez le répertoire index du dossier : il est refait, avec les mêmes réponses.
cli-error-name-inside = La liasse n'a pas été faite : un nom à taire se trouve dans { $file } ({ $form }).
cli-error-name-inside-do = occultez-le par casemate redact, ou laissez cette pièce de côté.
cli-error-bundle = La liasse n'a pas été faite : { $cause }.
cli-error-bundle-do = lancez casemate verify sur le dossier ; puis essayez avec moins de pièces pour voir laquelle est en cause.
cli-error-self-check = La liasse n'a pas été faite : elle n'a pas passé sa propre vérification ({ $findings }).
cli-error-self-check-do = rien n'est sorti du dossier. Signalez-le avec les noms de ces constats.
cli-error-narrow-refused = { $path } ne tient pas : { $findings }.
cli-error-narrow-refused-do = examinez-la avec casemate verify, et redemandez-la à l'expéditeur.
cli-error-narrow-unverified = La liasse n'a pas été faite : elle n'a pas passé sa propre vérification ({ $findings }).
cli-error-narrow-unverified-do = veuillez le signaler avec le nom des constats.
cli-error-narrow-press = Une liasse pour la presse ne prouve rien qui puisse être transmis.
cli-error-narrow-press-do = transmettez votre propre texte, ou demandez à l'expéditeur une liasse sous la forme destinée au juge.
cli-error-narrow-no-item = La liasse n'a pas de pièce { $item }.
cli-error-narrow-no-item-do = casemate verify énumère les pièces par numéro.
cli-error-narrow-no-discloser = Il n'y a personne à la place { $place } parmi ceux qui ont transmis la liasse avant vous.
cli-error-narrow-no-discloser-do = casemate verify les nomme dans leur ordre ; la première source est 1.
cli-error-narrow-printed = { $what ->
    [purpose] L'objet (--purpose)
    [name] Le nom de qui transmet (--as)
   *[recipient] Le destinataire (--recipient)
} est vide, ou dépasse { $most } octets.
cli-error-narrow-printed-do = ce texte est imprimé tel quel : dites-le en peu de mots.
cli-error-narrow-place = La pièce { $item } n'a pas cet endroit, ou il est déjà occulté.
cli-error-narrow-place-do = casemate narrow --help montre la forme des endroits ; ce qui peut être occulté dépend de la pièce.
cli-error-narrow-indivisible = La pièce { $item } ne peut être transmise qu'entière, ou pas du tout.
cli-error-narrow-indivisible-do = retirez-la : --drop { $item }.
cli-error-narrow-word = Un mot de moins de { $least } octets ne peut pas être cherché : il serait partout.
cli-error-narrow-word-do = donnez le nom entier, ou occultez les endroits un à un.
cli-error-narrow-reason = Le motif n'est pas de ceux qu'une liasse peut porter.
cli-error-narrow-reason-do = donnez name, identifier, private-life, privilege, ou un code en minuscules, chiffres, - et .
cli-error-narrow-nothing = Rien de plus ne serait occulté.
cli-error-narrow-nothing-do = nommez un endroit, un nom ou une pièce : --withhold, --name, --word, --drop.
cli-error-narrow-everything = Il ne resterait aucune pièce.
cli-error-narrow-everything-do = laissez-en au moins une.
cli-error-narrow-too-many = Une liasse est transmise { $most } fois au plus.
cli-error-narrow-too-many-do = demandez la sienne à une personne qui l'a transmise avant, et transmettez celle-là.
cli-error-narrow-word-inside = La liasse n'a pas été faite : ce qui doit être occulté se trouve dans { $file } ({ $form }).
cli-error-narrow-word-inside-do = occultez-le là aussi, retirez la pièce (--drop), donnez-lui un autre titre (--title), ou changez vos propres mots.
cli-error-narrow-word-inside-screen = Occultez-le là aussi, omettez cet élément, ou changez vos propres mots.
cli-error-narrow-unread = La liasse n'a pas été faite : { $cause }.
cli-error-narrow-unread-do = vérifiez le fichier et le disque ; casemate verify examine la liasse seule.
cli-error-key-file = La clé { $path } est inutilisable : { $cause }.
cli-error-key-file-do = faites-en une avec ssh-keygen -t ed25519 -N "" -f FICHIER, et gardez-la.
cli-error-no-exhibit = Il n'y a pas de pièce { $exhibit }.
cli-error-no-exhibit-do = casemate ls donne les pièces par numéro.
cli-error-no-person = Personne n'est connu sous ce nom, ce pseudonyme ou cet identifiant.
cli-error-no-person-do = casemate person ls donne la liste.
cli-error-many-people = { $found } personnes répondent à ce nom ou pseudonyme.
cli-error-many-people-do = donnez le début de l'identifiant, tel que casemate person ls le montre.
cli-error-not-read = La pièce { $exhibit } n'a pas de texte : elle n'a pas été lue, ou pas transcrite.
cli-error-not-read-do = casemate show { $exhibit } dit pourquoi ; pour un enregistrement, lancez casemate transcribe { $exhibit }.
cli-error-no-strike = Le plan n'a pas cette occultation ni cette occurrence (numéro { $strike }).
cli-error-no-strike-do = casemate redact PIÈCE --for DESTINATAIRE les montre par numéro.
cli-error-not-drawn = La page { $page } de la pièce { $exhibit } n'a pas pu être dessinée ({ $finding }).
cli-error-not-drawn-do = L'original reste scellé : casemate export le restitue.
cli-error-no-plan = La pièce { $exhibit } n'a pas de plan pour ce destinataire.
cli-error-no-plan-do = casemate redact { $exhibit } --for DESTINATAIRE --propose en fait un.
cli-error-name-printed = Un nom que ce lecteur ne doit pas connaître figure dans { $what ->
    [purpose] l'objet
    [name] le nom de qui transmet
    [title] le titre d'un élément
   *[recipient] le destinataire
}, qui est imprimé dans la liasse.
cli-error-name-printed-do = formulez-le sans le nom, ou donnez l'alias.
cli-error-cut-elsewhere = Les mots s'entendent à { $from }–{ $to } : une coupure à plus d'une seconde de là les laisserait dans le son.
cli-error-cut-elsewhere-do = marquez l'endroit où on les entend. S'ils sont dits ailleurs aussi, occultez ce moment par une coupure à part.
cli-error-plan-outdated = Le plan de la pièce { $exhibit } vaut pour un texte plus ancien.
cli-error-plan-outdated-do = casemate redact { $exhibit } --for DESTINATAIRE --propose le met à jour ; puis relisez-le.
cli-error-form = { $what } : illisible ({ $found }).
cli-error-form-do = casemate help montre la forme, avec des exemples.
cli-error-blocked = { $count ->
    [one] Rien n'est sorti du dossier : une raison s'y oppose.
   *[other] Rien n'est sorti du dossier : { $count } raisons s'y opposent.
}
cli-error-blocked-do = réglez chaque raison, ou laissez cette pièce de côté. Les personnes sont désignées ici par le début de leur identifiant (casemate person ls).
cli-error-derivative = Ce qui a été établi à partir d'une pièce ({ $seal }) est dans une forme que cette version ne lit pas.
cli-error-derivative-do = prenez une version plus récente de Casemate.
cli-error-no-case = Il n'y a pas de dossier ici.
cli-error-no-case-do = nommez le répertoire que casemate init a fait.
cli-error-case-exists = Il y a déjà un dossier ici ; rien n'a changé.
cli-error-case-exists-do = nommez un autre répertoire.
cli-error-not-empty = { $name } existe déjà et n'est pas vide ; rien n'a changé.
cli-error-not-empty-do = nommez un nouveau répertoire.
cli-error-version = { $what } est de la version { $found } ; ce programme connaît la version { $known }.
cli-error-version-do = prenez une version plus récente de Casemate.
cli-error-damaged = Le dossier est endommagé : { $what } ({ $why }).
cli-error-damaged-do = ne changez rien ; copiez tout le répertoire ; casemate verify DIR nomme tout ce qui est endommagé. Ce qui est entier reste lisible.
cli-error-lane-damaged = Le registre est endommagé et ne peut qu'être lu : file { $lane } ({ $why }).
cli-error-lane-damaged-do = ne changez rien ; copiez tout le répertoire ; casemate verify DIR nomme tout ce qui est endommagé.
cli-error-store-missing = Le dossier est endommagé : { $name } manque.
cli-error-store-missing-do = cherchez-le dans une copie ou une sauvegarde ; casemate verify DIR nomme tout ce qui manque.
cli-error-no-key = La clé de ce compartiment n'est pas ici.
cli-error-no-key-do = demandez à qui la détient.
cli-error-limit = { $what } : { $found } dépasse la limite de { $limit }.
cli-error-limit-do = donnez-le en plus petites parties.
cli-error-source = Un fichier n'a pas pu être lu pendant sa mise sous scellés : { $cause }.
cli-error-source-do = vérifiez le disque où il se trouve, et relancez la même commande.
cli-error-source-changed = Un fichier changeait sans cesse pendant sa mise sous scellés ; il n'a pas été pris.
cli-error-source-changed-do = copiez-le là où rien n'y écrit, et ajoutez la copie.
cli-error-write-failed = Une écriture a échoué, et rien de plus n'a été écrit.
cli-error-write-failed-do = vérifiez le disque et relancez la commande ; ce qui a été confirmé est en sûreté.
cli-error-alias-taken = Une autre personne a ce pseudonyme pour ce destinataire.
cli-error-alias-taken-do = prenez-en un autre : un pseudonyme ne sert jamais deux fois.
cli-error-alias-fixed = La personne a déjà un autre pseudonyme pour ce destinataire.
cli-error-alias-fixed-do = gardez celui-là : un pseudonyme donné ne change plus.
cli-error-alias-tells = Le pseudonyme contient le nom de quelqu'un.
cli-error-alias-tells-do = prenez-en un qui ne dit rien.
cli-error-person-known = Une personne qui porte tous ces noms est déjà connue ; rien n'a été écrit.
cli-error-person-known-do = décrivez-la de nouveau (--instead-of), ou dites avec --another que c'est quelqu'un d'autre du même nom.
cli-error-alias-empty = Le nom ou le pseudonyme est vide.
cli-error-alias-empty-do = donnez-en un.
cli-error-other = Impossible : { $cause }.
cli-error-other-do = lancez casemate doctor et casemate verify sur le dossier ; rien de ce qui a été confirmé n'est perdu.

# casemate serve, casemate lock
cli-serve-link = Casemate est à { $link }
    Le lien sert une seule fois, sur cette machine seulement. Ctrl-C arrête le serveur.
cli-locked = Le dossier est verrouillé.
cli-error-not-served = Rien ne sert ce dossier.
cli-error-not-served-do = il n’y a rien à verrouiller ; si casemate serve tourne pour un autre dossier, nommez-le avec --case.
cli-error-edited-meanwhile = Le passage de la pièce { $exhibit } a été modifié entre-temps.
cli-error-edited-meanwhile-do = regardez ce qui s’y trouve maintenant, et corrigez cela.
cli-damaged-warning = Ce dossier est endommagé : { $count ->
        [one] un constat
       *[other] { $count } constats
    }. Seul ce qui a pu être lu est montré ; casemate verify nomme le reste.
cli-error-usage = La commande n’a pas été comprise.
cli-error-usage-do = voyez casemate help.

# The cure as a screen says it, where the one above names a command
cli-error-stopped-screen = Relancez : le travail reprend là où il s'est arrêté.
cli-error-disk-full-screen = Faites de la place et réessayez : le travail reprend là où il s'est arrêté.
cli-error-worker-screen = Consultez les réglages, où cette machine est contrôlée ; les programmes doivent se trouver dans un même dossier.
cli-error-no-program-screen = Gardez tous les programmes de Casemate dans un même dossier. Pour la parole, les modèles doivent y être aussi.
cli-error-query-screen = Mettez entre guillemets ce qui est inhabituel, ou demandez moins à la fois.
cli-error-name-inside-screen = Occultez-le dans le plan de cette pièce, ou laissez la pièce de côté.
cli-error-bundle-screen = Vérifiez le dossier sous « Conservation » ; puis essayez avec moins de pièces pour trouver laquelle est en cause.
cli-error-no-exhibit-screen = Cherchez-la dans la liste des pièces.
cli-error-no-person-screen = Cherchez-la dans la liste des personnes.
cli-error-many-people-screen = Choisissez l'une d'elles dans la liste des personnes.
cli-error-not-read-screen = Sa page dit pourquoi. Un enregistrement se transcrit sous « Réception ».
cli-error-no-strike-screen = Consultez de nouveau le plan : il a pu changer.
cli-error-not-drawn-screen = L’original reste scellé : enregistrez-le depuis la page de la pièce.
cli-error-no-plan-screen = Proposez-en un d'abord.
cli-error-plan-outdated-screen = Proposez-le de nouveau, puis relisez-le.
cli-error-form-screen = Corrigez la saisie et réessayez.
cli-error-blocked-screen = Réglez chaque motif, ou laissez cette pièce de côté.
cli-error-no-case-screen = Choisissez un autre dossier.
cli-error-damaged-screen = Ne changez rien et copiez tout le dossier. La vérification nomme tout ce qui est endommagé. Ce qui est intact reste lisible.
cli-error-lane-damaged-screen = Ne changez rien et copiez tout le dossier. La vérification nomme tout ce qui est endommagé.
cli-error-store-missing-screen = Voyez si une copie ou une sauvegarde le contient. La vérification nomme tout ce qui manque.
cli-error-source-screen = Contrôlez le disque où il se trouve, et réessayez.
cli-error-write-failed-screen = Contrôlez le disque, et réessayez ; ce qui a été confirmé est en sûreté.
cli-error-person-known-screen = Décrivez-la de nouveau, ou dites que c'est quelqu'un d'autre du même nom.
cli-error-other-screen = Consultez les réglages et vérifiez le dossier ; rien de ce qui a été confirmé n'est perdu.

# casemate timestamp
cli-timestamp-asked = Demande écrite : { $file }. Gardez { $kept } jusqu'à ce que la réponse soit enregistrée.
cli-timestamp = Tout ce qui précède l'entrée { $size } du registre existait au { $time }, selon { $authority }.
cli-timestamp-pinned = Racine { $root }, telle que fournie.
cli-timestamp-unpinned = Racine { $root } : confiance NON VÉRIFIÉE. Donnez la racine de l'autorité avec --tsa-root.
cli-timestamp-not-revoked = Non révoqué au { $time }.
cli-timestamp-revocation-unchecked = Révocation NON VÉRIFIÉE : aucune liste fournie ne le dit.
cli-timestamp-qualified = Il se dit qualifié : NON VÉRIFIÉ.
cli-timestamp-until = Faites-le horodater de nouveau avant le { $until }.
cli-error-stamp = L'horodatage a été refusé : { $cause }.
cli-error-stamp-do = rien n'a été enregistré ; interrogez l'autorité de nouveau, ou une autre.
cli-timestamp-sends = Interrogation de { $address } : sont envoyés un SHA-256 salé de la tête signée du registre et un nombre aléatoire, rien du dossier.
cli-timestamp-accuracy = Exactitude déclarée de son horloge : { $accuracy }.
cli-timestamp-unqualified = Ni lui ni le certificat ne se disent qualifiés.
cli-timestamps-none = Aucune autorité n'a horodaté ce registre : ses dates sont seulement déclarées. Faites-le horodater : casemate timestamp --url, ou --request-file sur une machine toujours hors ligne.
cli-timestamps-entry = Entrée
cli-timestamps-time = Heure
cli-timestamps-authority = Autorité
cli-timestamps-covers = Couvre
cli-timestamps-until = Valable jusqu'au
cli-timestamps-state = État
cli-timestamps-remarks = Remarques
cli-timestamps-state-good = valable
cli-timestamps-state-ageing = bientôt échu
cli-timestamps-state-over = échu
cli-timestamps-state-refused = REFUSÉ
cli-timestamps-note-trust = confiance NON VÉRIFIÉE
cli-timestamps-note-revocation = révocation NON VÉRIFIÉE
cli-timestamps-note-qualified = se dit qualifié
cli-timestamps-covered = Sont horodatées les { $covered } premières entrées sur { $size } ; la suite ne l'est pas encore.
cli-timestamps-again = Le dernier horodatage est bientôt échu, échu ou refusé : faites horodater le registre de nouveau, ce qui renouvelle tout ce que le nouvel horodatage couvre.
cli-error-authority-address = Impossible d'interroger cette adresse : { $cause }.
cli-error-authority-address-do = rien n'a été envoyé ; donnez l'adresse telle que l'autorité la publie.
cli-error-authority-not-reached = L'autorité n'a pas été jointe : { $cause }.
cli-error-authority-not-reached-do = contrôlez l'adresse et la connexion, ou le mandataire (--proxy) ; ou interrogez-la depuis une autre machine avec --request-file.
cli-error-authority-elsewhere = { $address } renvoie à { $to } ; rien n'y a été envoyé.
cli-error-authority-elsewhere-do = si vous vous fiez à cette adresse, donnez-la avec --url.
cli-error-authority-answer = Ce n'était pas un horodatage : { $cause }.
cli-error-authority-answer-do = rien n'a été enregistré ; contrôlez l'adresse, réessayez plus tard, ou interrogez une autre autorité.

# casemate witness
cli-witness-asked = Demande écrite : { $file }. Envoyez-la à { $name }, et gardez-la jusqu'à l'enregistrement de la réponse.
cli-witness = { $name } a vu le registre à { $size } inscriptions le { $time }, à sa propre horloge, et aucun qui le contredise.
cli-witness-log-key = La clé du registre, par laquelle un témoin le reconnaît : { $key }
cli-witnesses-none = Aucun témoin n'a contresigné ce registre.
cli-witnesses-witness = Témoin
cli-witnesses-refused = NE TIENT PAS : { $cause }
cli-witnesses-covered = Les { $covered } premières inscriptions sur { $size } sont contresignées ; ce qui suit ne l'est pas encore.
cli-error-cosignature = La réponse du témoin ne tient pas : { $cause }.
cli-error-cosignature-do = vérifiez que la clé est bien celle du témoin et que la réponse est celle de cette demande. Un nombre seul signifie que le témoin a vu le registre à cette taille : redemandez avec --old.
cli-error-cosignature-screen = Vérifiez que la clé est bien celle du témoin et que la réponse est celle de cette demande.

# casemate asic
cli-asic = { $file } est fait. La liasse qu'il contient existait le { $time }, dit { $authority }.
cli-asic-until = Les certificats derrière sont valables jusqu'au { $until }.
cli-asic-sends = Demande à { $address } : y partent le SHA-256 d'un manifeste qui désigne la liasse par le sien, et un nombre aléatoire.
cli-error-asic-to = aucun fichier n'est nommé pour le conteneur.
cli-error-asic-to-do = nommez-le : --to cour.asice

# casemate metadata
cli-metadata = { $file } a été fait : il décrit la liasse et se place à côté d'elle.
cli-error-bundle-refused = { $path } ne tient pas : { $findings }.
cli-error-bundle-refused-do = examinez-la avec casemate verify, et redemandez-la à l'expéditeur.
cli-error-bundle-refused-screen = Examinez-la avec le vérificateur, et redemandez-la à l’expéditeur.
