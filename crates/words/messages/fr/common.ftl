### Les mots communs à toutes les sorties. Rien ici ne dit plus que ce qui est établi.
### Les espaces insécables sont posées à la lecture : écrire des espaces ordinaires.

## Les trois mots d'un verdict
outcome-proven = établi
outcome-failed = échec
outcome-not-checked = non vérifié

## Ce qu'une commande a donné, à côté de son code de sortie
exit-done = Terminé.
exit-refused = Refusé, ou une vérification a échoué.
exit-usage = La commande n'a pas été comprise.
exit-locked = Le dossier est verrouillé, ou la phrase secrète est fausse.
exit-damaged = Le dossier est endommagé.

## Profils de destinataire
profile-court = juridiction
profile-court-pursuer = juridiction, poursuivant dans la salle
profile-ccf = Commission de contrôle des fichiers
profile-press = presse
profile-translator = traducteur
profile-organisation = ONU, ONG ou ambassade

## Compartiments
compartment-identity = identité
compartment-case = dossier
compartment-press = presse

## Ce qui tient lieu de ce qui est occulté
withheld = occulté
withheld-text = [occulté]
withheld-seconds = [occulté : { $seconds } s]
withheld-because = Occulté : { $reason }
withheld-count = { $count ->
    [one] { $count } partie occultée
   *[other] { $count } parties occultées
}

## Projets et ce qu'une machine a fait
draft = PROJET
machine-draft = premier jet de la machine, non corrigé par une personne nommée

## What an item of a bundle is called
title-recording = Enregistrement { $number }
title-document = Document { $number }
title-mail = Courriel { $number }
title-chat = Conversation { $number }
title-call-log = Journal d’appels { $number }
title-table = Tableau { $number }
title-web = Page web { $number }
title-text = Texte { $number }
title-other = Élément { $number }
title-transcript = { $of }, transcription
title-release = { $of }, texte
title-pages = { $of } : pages

## Who speaks, where no name is told
speaker-number = Locuteur { $number }
speaker-channel = Voie { $number }

## What a release layer says of itself
layer-transcript = Brouillon de machine, non corrigé par une personne nommée. Les noms sont remplacés selon un plan relu ; les temps sont en secondes entières.
layer-text = Texte tel qu’un programme l’a lu dans l’original scellé. Les noms sont remplacés selon un plan relu.
layer-transcript-corrected = Brouillon de machine, avec des corrections de personnes nommées que le journal du dossier consigne. Les noms sont remplacés selon un plan relu ; les temps sont en secondes entières.
layer-text-corrected = Texte tel qu’un programme l’a lu dans l’original scellé, avec des corrections de personnes nommées que le journal du dossier consigne. Les noms sont remplacés selon un plan relu.
