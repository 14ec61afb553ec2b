### Ce que dit le vérificateur : constats, résumé, conseils. Les identifiants commencent par « verify- ».

## Le titre
verify-headline-failed = ÉCHEC : { $finding }
verify-headline-nothing-failed = Rien n'a échoué. { $proven ->
    [one] { $proven } point établi
   *[other] { $proven } points établis
}, { $unchecked } non vérifiés.
verify-subject = { $id }, pièce { $item }
verify-advice = Que faire : { $advice }
verify-list-separator = { " " };{ " " }

## Constats
verify-zip-strict = { $status ->
    [proven] Il est rendu compte de chaque octet du fichier.
    [failed] Le fichier n'est pas tel qu'il a été écrit : des octets ont été modifiés, ajoutés ou retirés, ou un autre logiciel l'a recompressé.
   *[not-checked] La forme du fichier n'a pas été examinée.
}
verify-manifest = { $status ->
    [proven] Chaque fichier de la liasse est celui de la liste ; aucun ne manque, aucun n'est de trop.
    [failed] Les fichiers de la liasse ne sont pas ceux de la liste.
   *[not-checked] La liste des fichiers n'a pas été examinée.
}
verify-signature = { $status ->
    [proven] La liasse est signée de la clé qu'elle désigne.
    [failed] La liasse n'est pas signée de la clé qu'elle désigne.
   *[not-checked] La signature n'a pas été examinée.
}
verify-signer-pinned = { $status ->
    [proven] Le signataire est celui que vous attendez.
    [failed] Le signataire n'est pas celui que vous attendez.
   *[not-checked] On ne sait pas ici à qui est la clé de signature.
}
verify-owner-pinned = { $status ->
    [proven] L'affaire d'origine est celle que vous attendez.
    [failed] L'affaire d'origine n'est pas celle que vous attendez.
   *[not-checked] L'affaire d'origine n'est pas connue ici.
}
verify-owner-grant = { $status ->
    [proven] Le titulaire du dossier a habilité la clé de signature, à la première inscription du registre.
    [failed] Aucune habilitation de la clé de signature par le titulaire du dossier ne tient.
   *[not-checked] L'habilitation du titulaire n'a pas été examinée.
}
verify-checkpoint = { $status ->
    [proven] L'état du registre est signé des clés habilitées.
    [failed] L'état du registre n'est pas signé des clés habilitées.
   *[not-checked] L'état du registre n'a pas été examiné.
}
verify-discloser = { $status ->
    [proven] Une personne qui a transmis la liasse a signé ce qu'elle transmettait, sans rien ouvrir de ce qui était occulté avant elle.
    [failed] Ce qu'une personne est censée avoir transmis ne tient pas.
   *[not-checked] Ce que cette personne a transmis n'est pas montré sous une forme vérifiable.
}
verify-logged = { $status ->
    [proven] Le scellement est inscrit au registre.
    [failed] Le scellement n'est pas inscrit au registre comme indiqué.
   *[not-checked] L'inscription du scellement au registre n'a pas été examinée.
}
verify-object = { $status ->
    [proven] Ce qui est communiqué est ce qui a été scellé ; le reste est seulement occulté.
    [failed] Ce qui est communiqué n'est pas ce qui a été scellé.
   *[not-checked] Ce qui est communiqué ne peut être comparé à ce qui a été scellé.
}
verify-rendering = { $status ->
    [proven] Les fichiers à lire et à écouter disent exactement ce qui est établi.
    [failed] Un fichier à lire ou à écouter diffère de ce qui est établi.
   *[not-checked] Les fichiers à lire et à écouter n'ont pas été examinés.
}
verify-parent = { $status ->
    [proven] La pièce désigne celle dont elle est tirée.
    [failed] La pièce n'est pas tirée de celle qui est indiquée.
   *[not-checked] L'origine de la pièce n'a pas été examinée.
}
verify-census = { $status ->
    [proven] Les actes du registre à son sujet sont dénombrés.
    [failed] Le nombre des actes du registre à son sujet ne tient pas.
   *[not-checked] Les actes du registre à son sujet n'ont pas été dénombrés.
}
verify-container = { $status ->
    [proven] L'en-tête et les métadonnées du fichier sont communiqués.
    [failed] L'en-tête et les métadonnées du fichier ne tiennent pas.
   *[not-checked] L'en-tête et les métadonnées du fichier sont occultés : ce qu'ils contiennent d'autre n'est pas connu.
}
verify-withheld-by = { $status ->
    [proven] Qui a occulté quelle partie est établi.
    [failed] Qui a occulté quelle partie ne tient pas.
   *[not-checked] Lequel de ceux qui ont transmis a occulté quelle partie n'est pas connu.
}
verify-time = { $status ->
    [proven] Une autorité indépendante atteste quand le registre contenait ces entrées.
    [failed] L'heure attestée ne tient pas.
   *[not-checked] Les dates et heures sont déclarées : aucune autorité indépendante ne les atteste.
}
verify-time-unpinned = Un jeton d'une autorité d'horodatage est valide sous la racine ci-dessous ; confiance NON VÉRIFIÉE.
verify-time-item = { $status ->
    [proven] Elle figurait au registre quand une autorité indépendante l'a horodaté.
    [failed] Sa date attestée ne tient pas.
   *[not-checked] Rien n'établit qu'elle figurait au registre horodaté : sa date est seulement déclarée.
}
verify-witness = { $status ->
    [proven] Un témoin que vous avez désigné a vu ce registre, et aucun qui le contredise.
    [failed] La contresignature d'un témoin ne tient pas.
   *[not-checked] Un témoin a contresigné le registre ; confiance en lui NON VÉRIFIÉE.
}
verify-freshness = { $status ->
    [proven] C'est l'état le plus récent du registre.
    [failed] Il existe un état plus récent du registre.
   *[not-checked] Il peut exister un état plus récent du registre.
}
verify-content = { $status ->
    [proven] Le contenu a été examiné.
    [failed] Le contenu a été examiné et ne tient pas.
   *[not-checked] Aucun logiciel ne peut dire si le contenu est vrai, complet ou licite.
}

## Éléments
verify-fact-cause = cause : { $value }
verify-fact-reason = motif : { $value }
verify-fact-key = clé { $value }
verify-fact-date = date déclarée { $value }
verify-fact-profile = forme { $value }
verify-fact-owner = titulaire { $value }
verify-fact-role = qualité { $value }
verify-fact-lane = registre { $value }
verify-fact-size = { $value } inscriptions
verify-fact-root = racine { $value }
verify-fact-seal = scellement { $value }
verify-fact-index = inscription { $value }
verify-fact-from = tirée de la pièce { $value }
verify-fact-acts = actes : { $value }
verify-fact-files = fichiers : { $value }
verify-fact-time = au plus tard le { $value }
verify-fact-witness = témoin { $value }
verify-fact-witness-key = clé du témoin { $value }
verify-fact-number = numéro { $value }
verify-fact-accuracy = exactitude { $value }
verify-fact-authority = autorité { $value }
verify-fact-policy = politique { $value }
verify-fact-tsa-root = racine { $value }
verify-fact-trust = { $value ->
    [pinned] racine telle que fournie
   *[not-checked] confiance NON VÉRIFIÉE
}
verify-fact-revocation = { $value ->
    [not-checked] révocation NON VÉRIFIÉE
   *[other] non révoqué au { $value }
}
verify-fact-qualified = { $value ->
    [stamp] le jeton se dit qualifié : NON VÉRIFIÉ
    [certificate] le certificat se dit qualifié : NON VÉRIFIÉ
   *[both] le jeton et le certificat se disent qualifiés : NON VÉRIFIÉ
}
verify-fact-valid-until = ses certificats sont valables jusqu'au { $value }
verify-fact-renewed-until = renouvelé par des jetons ultérieurs jusqu'au { $value }
verify-fact-covers = pièces couvertes : { $value }
verify-fact-stamp = jeton { $value }
verify-fact-place = transmis par n° { $value }
verify-fact-name = nom { $value }
verify-fact-purpose = objet : { $value }
verify-fact-recipient = pour { $value }
verify-fact-texts-withheld = occulté de ce qu'elle déclare : { $value }
verify-fact-items-withheld = pièces non transmises ensuite : { $value }
verify-fact-by = parties par personne : { $value }
verify-fact-by-ms = temps par personne : { $value }
verify-fact-other = { $name } : { $value }
verify-withheld-nothing = rien d'occulté
verify-withheld-sound-none = aucun son occulté, sur { $whole }
verify-withheld-sound = { $withheld } sur { $whole } occultés en { $count ->
    [one] { $count } endroit
   *[other] { $count } endroits
} : { $places }
verify-withheld-more = { $places } et { $count } autres
verify-withheld-parts = { $hidden ->
    [one] { $hidden } élément sur { $leaves } occulté
   *[other] { $hidden } éléments sur { $leaves } occultés
}

## Conseils
verify-advice-zip-strict = Redemander le fichier par une autre voie, et le vérifier tel qu'il arrive, avant de l'extraire. Si l'échec se répète, ne pas s'y fier.
verify-advice-manifest = Ne pas se fier à cette liasse. La redemander à l'expéditeur.
verify-advice-signature = Ne pas se fier à cette liasse. La redemander à l'expéditeur, et la clé par une autre voie.
verify-advice-signer-pinned = Comparer la clé à celle que l'expéditeur indique par une autre voie. Si elles diffèrent, la liasse vient d'un tiers.
verify-advice-owner-grant = La liasse a pu être signée par quelqu'un sans pouvoir dans le dossier. Interroger le conseil du dossier.
verify-advice-checkpoint = Ne pas se fier à ce que la liasse dit du registre. La redemander à l'expéditeur.
verify-advice-discloser = Ne vous fiez pas à ce que la liasse dit de ceux qui l'ont transmise. Redemandez-la au dernier expéditeur, ou au premier.
verify-advice-logged = Ne pas se fier à cette pièce. La demander par son numéro de scellement.
verify-advice-object = Ne pas se fier à cette pièce : elle n'est pas ce qui a été scellé. Demander l'original par son numéro de scellement.
verify-advice-rendering = Ne pas se fier aux fichiers à lire et à écouter de cette pièce. La redemander à l'expéditeur.
verify-advice-parent = Ne pas tenir cette pièce pour tirée de l'autre. Demander la source à l'expéditeur.
verify-advice-census = Des actes au sujet de cette pièce ont pu être omis. En demander l'historique de conservation à l'expéditeur.
verify-advice-other = Ne pas s'y fier. Le redemander à l'expéditeur.
verify-note-signer-pinned = Demander la clé à l'expéditeur par une autre voie, puis relancer avec --signer CLÉ.
verify-note-tsa-root-screen = La confiance en cette autorité s'établit par son certificat racine, obtenu d'elle-même : casemate verify --tsa-root FICHIER.
verify-note-tsa-root = Demander à l'autorité son certificat racine par une autre voie, puis relancer avec --tsa-root FICHIER.
verify-note-witness = Demander sa clé au témoin par une autre voie, la comparer, puis relancer avec --witness CLÉ.
verify-note-signer-screen = Demandez la clé à l'expéditeur par une autre voie, saisissez-la et vérifiez de nouveau.

## Le programme
verify-usage = Vérifie une liasse, hors ligne, et dit ce qui est établi, ce qui a échoué et ce qui n'a pas été vérifié.

    { "   " }casemate-verify [options] LIASSE

    Options
    { "   " }--signer HEX    une clé (64 chiffres hexadécimaux) qui peut répondre de la liasse : celle de signature
    { "                   " }ou celle du titulaire ; peut être donnée plusieurs fois
    { "   " }--tsa-root FICHIER certificat racine d'une autorité d'horodatage (PEM ou DER) ; plusieurs fois possible
    { "   " }--witness CLÉ   clé d'un témoin du registre (nom+id+clé) ; plusieurs fois possible
    { "   " }--only-failed   ne montrer que les échecs
    { "   " }--json          répondre en JSON
    { "   " }--lang LANGUE   fr, en ou zh ; sinon celle de l'environnement
    { "   " }--help, --version

    Codes de sortie : 0 rien n'a échoué, 1 quelque chose a échoué, 2 commande non comprise ou fichier illisible.
verify-error-usage = La commande n'a pas été comprise : { $what }. Voir casemate-verify --help.
verify-error-no-bundle = aucune liasse n'est indiquée
verify-error-two-bundles = plusieurs liasses sont indiquées
verify-error-signer = un signataire s'écrit en 64 chiffres hexadécimaux, et non { $value }
verify-error-tsa-root = { $file } ne contient aucun certificat racine lisible : { $cause }. Donnez un fichier PEM ou DER.
verify-error-witness = la clé d'un témoin s'écrit nom+id+clé, telle qu'il la publie : { $cause }
verify-error-language = les langues sont fr, en et zh, et non { $value }
verify-error-unreadable = { $file } ne peut être lu : { $cause }. Vérifier le chemin et le droit de lire le fichier.
verify-error-not-a-file = { $file } n'est pas un fichier. Indiquer la liasse elle-même, telle que reçue, non extraite.
