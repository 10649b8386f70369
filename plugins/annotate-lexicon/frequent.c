/* SPDX-License-Identifier: Apache-2.0 */
/* frequent.c - roughly how frequent a word is.  This only affects at which word a search begins, and never what is found: in «
 * (du|de) (mon|le) rsa », it begins at `rsa` and not at `de`. */
#include "atoms.h"
#include <stdlib.h>
#include <string.h>

/* Occurrences in a million words of French, spoken and written; without accents; in the order of bytes. */
static const struct frequent {
	const char *word;
	uint32_t times;
} frequent[] = {
	{ "a", 25000 }, { "acces", 530 }, { "administration", 450 }, { "ai", 3900 }, { "aide", 930 }, { "aides", 310 },
	{ "ainsi", 430 }, { "aller", 530 }, { "alors", 1000 }, { "ans", 1000 }, { "apres", 1900 }, { "as", 390 },
	{ "assez", 470 }, { "au", 4700 }, { "aucun", 480 }, { "aucune", 610 }, { "aussi", 1100 }, { "autre", 870 },
	{ "autres", 910 }, { "aux", 2300 }, { "avais", 490 }, { "avait", 1800 }, { "avant", 570 }, { "avec", 3500 },
	{ "avoir", 1100 }, { "base", 320 }, { "beaucoup", 970 }, { "besoin", 360 }, { "bien", 1800 }, { "bon", 800 },
	{ "bonne", 370 }, { "c'", 5100 }, { "ca", 2500 }, { "car", 600 }, { "cas", 480 }, { "ce", 4500 }, { "cela", 630 },
	{ "celui", 440 }, { "certains", 320 }, { "ces", 1000 }, { "cet", 320 }, { "cette", 1500 }, { "ceux", 450 },
	{ "chaque", 430 }, { "charge", 500 }, { "chez", 620 }, { "chose", 450 }, { "choses", 330 }, { "comme", 2200 },
	{ "comment", 410 }, { "complique", 340 }, { "compte", 390 }, { "concerne", 880 }, { "contre", 600 },
	{ "coup", 1800 }, { "d'", 14000 }, { "dans", 7800 }, { "de", 45000 }, { "debut", 330 }, { "deja", 1000 },
	{ "demande", 1200 }, { "depuis", 590 }, { "des", 15000 }, { "deux", 1100 }, { "dire", 550 },
	{ "discrimination", 330 }, { "dit", 1800 }, { "doit", 640 }, { "donc", 2300 }, { "donne", 490 }, { "donner", 310 },
	{ "dont", 820 }, { "dossier", 580 }, { "droit", 490 }, { "du", 9000 }, { "elle", 3800 }, { "elles", 380 },
	{ "emploi", 3000 }, { "en", 15000 }, { "encore", 530 }, { "enfants", 420 }, { "enfin", 830 }, { "ensemble", 610 },
	{ "ensuite", 320 }, { "entre", 900 }, { "est", 15000 }, { "et", 25000 }, { "etaient", 320 }, { "etais", 450 },
	{ "etait", 3300 }, { "etat", 550 }, { "etc", 390 }, { "ete", 1500 }, { "etre", 2100 }, { "eu", 700 },
	{ "exemple", 520 }, { "faire", 2200 }, { "fais", 440 }, { "faisait", 370 }, { "fait", 3500 }, { "faut", 1300 },
	{ "femme", 360 }, { "femmes", 470 }, { "fin", 300 }, { "fois", 1100 }, { "formation", 1300 }, { "formations", 560 },
	{ "forme", 370 }, { "francais", 300 }, { "france", 470 }, { "genre", 480 }, { "gens", 340 }, { "grand", 400 },
	{ "grande", 440 }, { "handicap", 480 }, { "heures", 330 }, { "homme", 520 }, { "hommes", 300 }, { "il", 11000 },
	{ "ils", 1300 }, { "internet", 460 }, { "j'", 4400 }, { "jamais", 720 }, { "je", 9200 }, { "jour", 510 },
	{ "jours", 320 }, { "l'", 16000 }, { "la", 25000 }, { "le", 19000 }, { "les", 19000 }, { "leur", 1100 },
	{ "leurs", 490 }, { "lieu", 380 }, { "ligne", 360 }, { "long", 370 }, { "lors", 370 }, { "lui", 1700 },
	{ "m'", 1600 }, { "ma", 1100 }, { "mais", 3600 }, { "maison", 490 }, { "mal", 410 }, { "manque", 540 },
	{ "me", 2200 }, { "meme", 2300 }, { "mere", 510 }, { "mes", 670 }, { "mettre", 500 }, { "mieux", 340 },
	{ "mis", 310 }, { "moi", 1600 }, { "moins", 780 }, { "mois", 600 }, { "moment", 400 }, { "mon", 2200 },
	{ "monde", 570 }, { "n'", 4200 }, { "ne", 5400 }, { "ni", 340 }, { "niveau", 310 }, { "nom", 650 },
	{ "nombre", 410 }, { "non", 2500 }, { "nos", 620 }, { "notre", 460 }, { "nous", 1800 }, { "on", 7200 },
	{ "ont", 1200 }, { "ou", 5100 }, { "ouais", 700 }, { "oui", 800 }, { "par", 5400 }, { "parce", 1700 },
	{ "parler", 410 }, { "part", 350 }, { "partie", 390 }, { "pas", 8400 }, { "passe", 570 }, { "pays", 350 },
	{ "pendant", 310 }, { "pense", 360 }, { "permis", 480 }, { "personne", 530 }, { "personnes", 1300 },
	{ "petit", 580 }, { "peu", 1300 }, { "peut", 1100 }, { "place", 480 }, { "plein", 300 }, { "plus", 4800 },
	{ "plusieurs", 450 }, { "point", 540 }, { "poste", 430 }, { "pour", 10000 }, { "pourquoi", 310 },
	{ "premier", 380 }, { "premiere", 520 }, { "prendre", 440 }, { "pris", 330 }, { "prise", 370 }, { "publics", 390 },
	{ "puis", 600 }, { "qu'", 5300 }, { "quand", 1500 }, { "que", 10000 }, { "quelque", 330 }, { "quelques", 370 },
	{ "qui", 8400 }, { "quoi", 650 }, { "recherche", 350 }, { "reponse", 350 }, { "rien", 820 }, { "s'", 2900 },
	{ "sa", 1400 }, { "sais", 800 }, { "sans", 1500 }, { "sante", 1000 }, { "se", 3800 }, { "sens", 410 },
	{ "service", 670 }, { "services", 920 }, { "ses", 1500 }, { "seule", 310 }, { "si", 2300 }, { "situation", 360 },
	{ "sociale", 350 }, { "soit", 630 }, { "son", 2100 }, { "sont", 3100 }, { "sous", 670 }, { "souvent", 610 },
	{ "suis", 1400 }, { "suite", 340 }, { "sur", 4400 }, { "surtout", 340 }, { "systeme", 430 }, { "t'", 540 },
	{ "tant", 390 }, { "te", 450 }, { "temps", 1200 }, { "tete", 300 }, { "toujours", 780 }, { "tous", 1400 },
	{ "tout", 3000 }, { "toute", 710 }, { "toutes", 790 }, { "train", 350 }, { "transport", 420 },
	{ "transports", 1100 }, { "travail", 750 }, { "tres", 1900 }, { "trois", 610 }, { "trop", 2000 }, { "trouve", 480 },
	{ "trouver", 450 }, { "tu", 2000 }, { "un", 13000 }, { "une", 9900 }, { "va", 480 }, { "vers", 480 },
	{ "vie", 580 }, { "ville", 590 }, { "voila", 520 }, { "voir", 700 }, { "vois", 510 }, { "voiture", 440 },
	{ "votre", 360 }, { "vous", 2300 }, { "vraiment", 690 }, { "vu", 440 }, { "y", 2800 },
};
enum { FREQUENT = sizeof(frequent) / sizeof(*frequent), NUMBERS = 11000 };

/* The index of the first word of the table that is not less than s. */
static size_t place(const char *s, size_t n)
{
	size_t low = 0, high = FREQUENT;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strncmp(frequent[mid].word, s, n) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The frequency of words that are not in the table, by the number of their letters. */
static uint32_t by_length(size_t n)
{
	static const uint16_t times[] = { 300, 250, 250, 200, 120, 80, 60, 40, 30, 20 };
	return times[n < 9 ? n : 9];
}

uint32_t lex_frequency(const lex_atom *a)
{
	uint32_t times = by_length(lex_chars(a->text, a->len));
	size_t i;
	switch (a->kind) {
	case LEX_A_LITERAL:
	case LEX_A_FUZZY:
		i = place(a->text, a->len);
		if (i < FREQUENT && strlen(frequent[i].word) == a->len && memcmp(frequent[i].word, a->text, a->len) == 0)
			times = frequent[i].times;
		if (a->kind == LEX_A_FUZZY)
			times *= 2;
		break;
	case LEX_A_PREFIX:
		times *= 3;
		for (i = place(a->text, a->len); i < FREQUENT && strncmp(frequent[i].word, a->text, a->len) == 0; i++)
			times += frequent[i].times;
		break;
	case LEX_A_SUFFIX:
		times *= 10;
		for (i = 0; i < FREQUENT; i++) {
			size_t n = strlen(frequent[i].word);
			if (n >= a->len && memcmp(frequent[i].word + n - a->len, a->text, a->len) == 0)
				times += frequent[i].times;
		}
		break;
	case LEX_A_GLOB:
		times *= 5;
		for (i = 0; i < FREQUENT; i++)
			if (lex_glob(a->text, a->len, frequent[i].word, strlen(frequent[i].word)))
				times += frequent[i].times;
		if (lex_glob(a->text, a->len, "1", 1))
			times += NUMBERS;
		break;
	}
	/* few words are written in capitals */
	return a->letter_case == LEX_CASE_UPPER ? times / 10 + 1 : times;
}
