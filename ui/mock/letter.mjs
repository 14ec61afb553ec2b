// The letter of the bank, page by page: each paragraph and how it is set. Its pictures and places are made by scripts/letter.mjs.
export const LETTER = [
  [['Banque des Deux Rives\nService de la conformité', 'head'], ['Port-Ariane, le 2 avril 2025', 'right'], ['Monsieur Victor Tang (TANG YUANSHAN, 唐\n远山)\n8, rue des Tamaris, Port-Ariane', 'to'], ['Objet : clôture de vos comptes, réf. CNF-2025-0388', 'about'], ['Monsieur, nous vous informons que votre compte MV41 0207 1180 5523 9064 et celui de Madame Marina Tang (唐\n明月) seront clos le 30 avril 2025. Cette décision n’a pas à être motivée.', ''], ['关于关闭账户的通知：唐远山先生名下账户将于2025年4月30日关闭。', '']],
  [['Toute réclamation est à adresser par écrit au service de la conformité, qui y répond dans un délai de deux mois.', ''], ['Nous vous prions d’agréer, Monsieur, l’expression de nos sentiments distingués.', '']],
];
