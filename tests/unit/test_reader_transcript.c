/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of transcripts, in the forms of the programs that make them.  All sentences and names here are invented. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host_reader.h"
#include "suite.h"

static hr *r;

static void setup(void)
{
	r = hr_new("reader-transcript");
	ck_assert_ptr_nonnull(r);
}

static void teardown(void)
{
	hr_free(r);
}

#define READ_AS(name, s) hr_read(r, name, s, sizeof(s) - 1)
#define READ(s) READ_AS("x/essai.vtt", s)
#define PROBE(name, s) hr_probe(r, name, s, sizeof(s) - 1)

/* What came: the texts, each behind who says it, in a row. */
static void came(const char *const *want, uint32_t n)
{
	ck_assert_msg(r->status == AUR_END, "status %d: %s", r->status, r->error ? r->error : "");
	ck_assert_uint_eq(r->refusal_count, 0);
	for (uint32_t i = 0; i < n && i < r->item_count; i++) {
		const char *who = hr_value(&r->items[i], "locuteur");
		const char *bar = strchr(want[i], '|');
		size_t len = (size_t)(bar - want[i]);
		ck_assert_msg((len ? who && strlen(who) == len && memcmp(who, want[i], len) == 0 : !who) && strcmp(r->items[i].text, bar + 1) == 0,
		              "%u: « %s|%s », not « %s »", i, who ? who : "", r->items[i].text, want[i]);
	}
	ck_assert_uint_eq(r->item_count, n);
}
#define CAME(...) came((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void field(uint32_t i, const char *name, const char *value)
{
	ck_assert_pstr_eq(hr_value(&r->items[i], name), value);
}

/* ---- subtitles ----------------------------------------------------------------------------------------------------- */

START_TEST(whisper)
{
	READ("WEBVTT\n\n00:00.000 --> 00:03.520\nBonjour, merci d'être venues.\n\n00:03.520 --> 00:07.040\nMoi je n'ai pas de voiture, et le bus\n\n"
	     "00:07.040 --> 01:00:11.480\nne passe pas avant\nneuf heures. J'ai peur.\n\n01:00:11.480 --> 01:00:12.000\nOui.\n\n01:00:12.000 --> 01:00:13.000\nOui.\n");
	CAME("x/essai:1|Bonjour, merci d'être venues.", "x/essai:1|Moi je n'ai pas de voiture, et le bus ne passe pas avant neuf heures. J'ai peur.",
	     "x/essai:1|Oui.", "x/essai:1|Oui.");
	field(0, "session", "essai");
	field(0, "temps", "00:00:00");
	field(1, "temps", "00:00:03");
	field(3, "temps", "01:00:12");
	ck_assert_uint_eq(r->items[1].line, 7);
	ck_assert(hr_noted(r, "a transcript without speakers"));
	/* SubRip, with a number that is one and one that was said, a line without its blank one, and one blank in the middle */
	READ_AS("a.srt", "\xEF\xBB\xBF"
	                 "1\r\n00:00:00,000 --> 00:00:03,520\r\n- Bonjour.\r\n- Bonjour, asseyez-vous\r\n\r\n2\r\n00:00:03,520 --> 00:00:07,040\r\nen\r\n2025\r\n"
	                 "3\r\n00:00:07,040 --> 00:00:09,040\r\navec\r\n\r\nune suite\r\n\r\n4\r\n00:00:12,000 --> 00:00:13,000\r\n"
	                 "<font color=\"#fff\">{\\an8}Et <i>voilà</i></font> : R&D, 2 < 3 & 4 > 1.\r\n");
	CAME("a:1|Bonjour.", "a:1|Bonjour, asseyez-vous en 2025 avec une suite", "a:1|Et voilà : R&D, 2 < 3 & 4 > 1.");
	/* no tags */
	READ_AS("a.srt", "1\n00:00:00,000 --> 00:00:03,520\nMoins de <3 mois> et <merci> plus, <00:00:01.000>et <rires> <U>hop</U> <c.jaune>là</c>.\n");
	CAME("a:1|Moins de <3 mois> et <merci> plus, et hop là.");
	/* of YouTube, and what hr_read() gives in pieces */
	r->chunk = 3;
	READ_AS("a.sbv", "0:00:00.160,0:00:02.710\nle bus\n\n0:00:02.710,0:00:04.000\nne vient pas.\n");
	CAME("a:1|le bus ne vient pas.");
}
END_TEST

START_TEST(voices)
{
	READ("WEBVTT - Atelier\nKind: captions\n\nNOTE\nne pas diffuser\n\nSTYLE\n::cue(v) { color: red }\n\nREGION\nid:r1\n\n8f2b-4f7a/12-0\n"
	     "00:00:01.000 --> 00:00:03.000 line:0 position:20%\n<v.fort Animatrice>Bonjour &amp; bienvenue\n\nNOTE changement de salle\n\n"
	     "8f2b-4f7a/18-0\n00:00:04.000 --> 00:00:06.000\n<v Karim Benali>Ici <b>y a rien</b>, 3 &lt; 5&nbsp;!</v>\n<v Habitante>Pas de bus.</v>\n\n"
	     "8f2b-4f7a/18-1\n00:00:06.000 --> 00:00:08.000\n<v Habitante>Attention : pas de train.</v>\n\n00:00:08.000 --> 00:00:09.000\nsans nom\n");
	ck_assert(hr_noted(r, "Animatrice (1)"));
	ck_assert(hr_noted(r, "Karim Benali = nom-"));
	ck_assert_uint_eq(r->item_count, 3);
	ck_assert_str_eq(r->items[0].text, "Ici y a rien, 3 < 5\xC2\xA0!");
	ck_assert_str_eq(r->items[1].text, "Pas de bus. Attention : pas de train.");
	field(1, "locuteur", "x/essai:1");
	ck_assert_str_eq(r->items[2].text, "sans nom");
	field(2, "locuteur", "x/essai:2");
	/* Zoom, and a name in two files, which is one person */
	char who[64];
	snprintf(who, sizeof who, "%s", hr_value(&r->items[0], "locuteur"));
	READ("WEBVTT\n\n1\n00:00:03.120 --> 00:00:06.480\nSylvie Marchand: Bonjour.\n\n2\n00:00:07.040 --> 00:00:11.000\nKarim Benali: Pas de voiture,\n\n3\n"
	     "00:00:11.000 --> 00:00:14.480\nKarim Benali: et je dis : non.\n\n4\n00:00:15.000 --> 00:00:18.480\niPhone de Lucie: Pareil.\n\n5\n"
	     "00:00:18.000 --> 00:00:19.480\n33600000000: Oui.\n");
	ck_assert_uint_eq(r->item_count, 4);
	ck_assert_str_eq(r->items[1].text, "Pas de voiture, et je dis : non.");
	field(1, "locuteur", who);
	ck_assert_str_eq(r->items[2].text, "Pareil.");
	ck_assert_str_eq(r->items[3].text, "Oui.");
	ck_assert(hr_noted(r, "no interviewer was recognised"));
	/* a cue in which very many speak */
	char many[4096] = "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n";
	for (unsigned i = 1; i <= 100; i++)
		snprintf(many + strlen(many), sizeof many - strlen(many), "<v P%u>Mot %u.", i, i);
	hr_read(r, "x/essai.vtt", many, strlen(many));
	ck_assert_uint_eq(r->item_count, 100);
	ck_assert_str_eq(r->items[99].text, "Mot 100.");
	/* WhisperX; who asks is said */
	hr_set(r, "interviewer", "speaker_00");
	READ_AS("a.srt", "1\n00:00:00,031 --> 00:00:03,520\n[SPEAKER_00]: Bonjour.\n\n2\n00:00:07,040 --> 00:00:11,000\n[SPEAKER_01]: Le bus\n\n"
	                 "3\n00:00:11,000 --> 00:00:14,480\n[SPEAKER_01]: ne passe pas.\n");
	CAME("a:1|Le bus ne passe pas.");
}
END_TEST

START_TEST(words_and_colons)
{
	/* a word and a colon in subtitles that name nobody are words */
	READ("WEBVTT\n\n00:01.000 --> 00:02.000\nAttention : le bus.\n\n00:02.000 --> 00:03.000\nRésultat : rien.\n\n00:03.000 --> 00:04.000\nVoilà.\n\n"
	     "00:04.000 --> 00:05.000\nOui.\n");
	CAME("x/essai:1|Attention : le bus.", "x/essai:1|Résultat : rien.", "x/essai:1|Voilà.", "x/essai:1|Oui.");
	READ_AS("a.txt", "[00:00:00.000 --> 00:00:03.000]   Bonjour.\n[00:00:03.000 --> 00:00:05.000]   Attention : le bus.\n[00:00:05.000 --> 00:00:06.000]  "
	                 " Voilà.\n[00:00:06.000 --> 00:00:07.000]   Attention : le train.\n[00:00:07.000 --> 00:00:08.000]   Oui.\n[00:00:08.000 --> "
	                 "00:00:09.000]   Non.\n[00:00:09.000 --> 00:00:11.000]   Oui.\n[00:00:11.000 --> 00:00:12.000]   Si.\n[00:00:12.000 --> "
	                 "00:00:13.000]   Bon.\n");
	ck_assert_uint_eq(r->item_count, 9);
	ck_assert_str_eq(r->items[3].text, "Attention : le train.");
	/* one microphone for a room: who speaks is not one person's turn */
	READ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Salle A>Le bus.</v>\n\n00:02.000 --> 00:03.000\n<v Salle A>Le train.</v>\n");
	ck_assert_uint_eq(r->item_count, 2);
	ck_assert_pstr_eq(hr_value(&r->items[0], "locuteur"), hr_value(&r->items[1], "locuteur"));
	ck_assert(hr_noted(r, "a transcript without speakers"));
	READ_AS("a.txt", "Speaker 1  0:03\nLe bus.\n\nSpeaker 1  0:09\nLe train.\n\nSpeaker 1  0:12\nOui.\n");
	CAME("a:1|Le bus.", "a:1|Le train.", "a:1|Oui.");
}
END_TEST

START_TEST(rolling)
{
	READ("WEBVTT\nKind: captions\nLanguage: fr\n\n00:00:00.160 --> 00:00:02.710 align:start position:0%\n \nmoi<00:00:00.480><c> je</c><00:00:00.640><c> "
	     "n'ai</c><00:00:01.000><c> pas</c>\n\n00:00:02.710 --> 00:00:02.720 align:start position:0%\nmoi je n'ai pas\n \n\n"
	     "00:00:02.720 --> 00:00:05.510 align:start position:0%\nmoi je n'ai pas\nde<00:00:03.000><c> voiture</c><00:00:03.900><c> pour</c>\n\n"
	     "00:00:05.510 --> 00:00:05.520 align:start position:0%\nde voiture pour\n \n\n00:00:05.520 --> 00:00:08.000 align:start position:0%\n"
	     "de voiture pour\nvenir<00:00:06.000><c> ici</c>\n");
	CAME("x/essai:1|moi je n'ai pas de voiture pour venir ici");
	ck_assert(hr_noted(r, "read once: 4"));
}
END_TEST

/* ---- texts --------------------------------------------------------------------------------------------------------- */

#define BUS "Le bus ne passe pas."

START_TEST(with_times)
{
	static const char *const forms[] = {
	    /* Otter, Teams */
	    "Intervenant 1  0:03  \nBonjour.\n\nIntervenant 2  0:07  \n" BUS "\n\nIntervenant 1  0:15  \nEt ?\n\nTranscribed by https://otter.example\n",
	    "Réunion\n1 h 3 min\nUne Telle a démarré la transcription\n\nIntervenant 1   0:03\nBonjour.\n\nIntervenant 2   0:07\n" BUS
	    "\n\nIntervenant 1   0:15\nEt ?\n\nUne Telle a arrêté la transcription\n",
	    /* Sonix, Happy Scribe, Word, Premiere, pyannote */
	    "Atelier.mp3\n\nIntervenant1: [00:00:03] Bonjour.\n\nIntervenant2: [00:00:07] Le bus [00:00:08] ne passe pas.\n\nIntervenant1: [00:00:15] Et ?\n",
	    "[00:00:03.12] - Intervenant 1\nBonjour.\n\n[00:00:07.04] - Intervenant 2\n" BUS "\n\n[00:00:15.00] - Intervenant 1\nEt ?\n",
	    "Fichier audio\n00:00:03 Intervenant 1\nBonjour.\n00:00:07 Intervenant 2\n" BUS "\n00:00:15 Intervenant 1\nEt ?\n",
	    "00:00:03:12 - 00:00:07:04\nIntervenant 1\n Bonjour.\n\n00:00:07:04 - 00:00:15:00\nIntervenant 2\n " BUS "\n\n00:00:15:00 - 00:00:16:00\nIntervenant 1\n Et ?\n",
	    "SPEAKER_00 [00:00:03]: Bonjour.\nSPEAKER_01 [00:00:07]: " BUS "\nSPEAKER_00 [00:00:15]: Et ?\n",
	    "[SPEAKER_00] [00:00:03 --> 00:00:04]: Bonjour.\n[SPEAKER_01] [00:00:07 --> 00:00:09]: " BUS "\n[SPEAKER_00] [00:00:15 --> 00:00:17]: Et ?\n",
	    "[00:00:03.000 --> 00:00:04.000] [SPEAKER_00] Bonjour.\n[00:00:07.000 --> 00:00:08.000] [SPEAKER_01] " BUS
	    "\n[00:00:15.000 --> 00:00:16.000] [SPEAKER_00] Et ?\n",
	    "**Intervenant 1** [00:00:03]\nBonjour.\n\n**Intervenant 2** [00:00:07]\n" BUS "\n\n**Intervenant 1** [00:00:15]\nEt ?\n",
	    "#00:00:03-0# Intervenant 1 : Bonjour.\n#00:00:07-0# Intervenant 2 : " BUS "\n(00:00:15) Intervenant 1 : Et ?\n",
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		ck_assert_msg(hr_probe(r, "a.txt", forms[i], strlen(forms[i])) > 80, "form %zu", i);
		hr_read(r, "a.txt", forms[i], strlen(forms[i]));
		CAME("a:1|Bonjour.", "a:2|" BUS, "a:1|Et ?");
		field(1, "temps", "00:00:07");
		ck_assert_int_eq(hr_noted(r, "lines of the program that transcribed, left out: 1"), i < 2);
	}
	READ_AS("a.txt", "Ferrand, Lucie   0:03\n" BUS "\n\nFerrand, Lucie   1:02:07\nEt le train.\nNon plus.\n\nKarim   1:02:09\nVoilà [00:01:12] tout.\n");
	ck_assert_uint_eq(r->item_count, 2);
	ck_assert_str_eq(r->items[0].text, BUS "\n\nEt le train.\nNon plus.");
	ck_assert_str_eq(r->items[1].text, "Voilà tout.");
	READ_AS("a.txt", "[14:03] Lucie F\nOui ?\n[14:04] Karim\nLe bus.\nJamais.\n[14:05] Lucie F\nBon.\n[14:07] Karim\nVoilà.\n");
	ck_assert_uint_eq(r->item_count, 4);
	ck_assert_str_eq(r->items[1].text, "Le bus.\nJamais.");
	/* a chat */
	READ_AS("a.txt", "00:12:03\t From  Karim Benali : on entend pas\n00:12:20\t De  Lucie à Tout le monde : pareil\n00:13:01\t From  Karim Benali : merci\n");
	ck_assert_uint_eq(r->item_count, 3);
	ck_assert_str_eq(r->items[1].text, "pareil");
	ck_assert(hr_noted(r, "Karim Benali = nom-"));
	/* times and nobody */
	READ_AS("a.txt", "00:00:01 Bonjour, ça va ?\n00:00:03 Bon.\n00:00:05 Le bus\n00:00:06 ne passe pas.\n00:00:12 Bon.\n");
	CAME("a:1|Bonjour, ça va ?", "a:1|Bon.", "a:1|" BUS, "a:1|Bon.");
	READ_AS("a.txt", "[00:00:00.000 --> 00:00:03.000]   Bonjour.\n[00:00:03.000 --> 00:00:05.000]   Le bus\n[00:00:05.000 --> 00:00:06.000]   ne passe pas.\n");
	CAME("a:1|Bonjour.", "a:1|" BUS);
}
END_TEST

START_TEST(by_hand)
{
	READ_AS("entretien.txt", "Entretien n° 3\n22 avril\n\nEnq. : Bonjour. Qu'est-ce qui est difficile ?\n\nRép. : Le bus (rires), à 9:30 [inaudible] XXX. \n\nEnq.\xC2\xA0: Et "
	                         "?\n\nRép. : J'ai peur {long silence} (ma sœur aussi). On m'a dit : « radiée ».\nAprès : rien (..).\n");
	CAME("entretien:1|Le bus, à 9:30 XXX.", "entretien:1|J'ai peur (ma sœur aussi). On m'a dit : « radiée ».\nAprès : rien.");
	ck_assert(hr_noted(r, "left out: 2"));
	ck_assert(hr_noted(r, "« (rires) »"));
	ck_assert(hr_noted(r, "Enq. (2)"));
	field(0, "temps", NULL);
	hr_set(r, "marks", "keep");
	READ_AS("a.txt", "E : Oui ?\nR : Le bus (rires).\nE : D'accord.\nR : Voilà.\n");
	CAME("a:1|Le bus (rires).", "a:1|Voilà.");
	READ_AS("a.txt", "Animatrice : Oui ?\nKarim : Le bus.\nKarim : Et le train.\nAnimatrice : D'accord.\nMoussa : Voilà.\nJe dis toujours : non.\n");
	ck_assert_uint_eq(r->item_count, 2);
	ck_assert_str_eq(r->items[0].text, "Le bus.\nEt le train.");
	ck_assert_str_eq(r->items[1].text, "Voilà.\nJe dis toujours : non.");
	/* Notes begin with who was there; what somebody does as she speaks makes her nobody else. */
	READ_AS("a.txt", "Présents : Mme X, 8 personnes\nAnimation : Claire\n\nClaire (animatrice) : Oui ?\nKarim : Le bus.\nMoussa (riant) : Voilà.\nClaire : Bien.\n"
	                 "Moussa : Non.\nKarim : Si.\n");
	ck_assert_uint_eq(r->item_count, 4);
	ck_assert_str_eq(r->items[1].text, "Voilà.");
	ck_assert_str_eq(hr_value(&r->items[1], "locuteur"), hr_value(&r->items[2], "locuteur"));
	ck_assert(hr_noted(r, "Claire (2)"));
	ck_assert(hr_noted(r, "left out: 2"));
	/* ... with times, and in subtitles, as well */
	READ_AS("a.txt", "Claire (animatrice) 0:01\nOui ?\nMarie 0:02\nLe bus.\nClaire 0:03\nEt ?\nMarie (riant) 0:04\nVoilà.\n");
	ck_assert(hr_noted(r, "left out: Claire (2)"));
	ck_assert_uint_eq(r->item_count, 2);
	ck_assert_str_eq(hr_value(&r->items[0], "locuteur"), hr_value(&r->items[1], "locuteur"));
	READ_AS("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Claire (animatrice)>Oui ?\n\n00:03.000 --> 00:04.000\n<v Marie>Le bus.\n\n"
	                 "00:05.000 --> 00:06.000\n<v Claire>Et ?\n\n00:07.000 --> 00:08.000\n<v Marie (riant)>Voilà.\n");
	ck_assert(hr_noted(r, "left out: Claire (2)"));
	ck_assert_str_eq(hr_value(&r->items[0], "locuteur"), hr_value(&r->items[1], "locuteur"));
	READ_AS("a.txt", "Animatrice : Oui ?\nChercheuse d'emploi : Le bus.\nAnimatrice : Et ?\nChercheuse d'emploi : Voilà.\n");
	ck_assert_uint_eq(r->item_count, 2);
	READ_AS("a.txt", "Animatrice Pôle-emploi : Oui ?\nKarim : Le bus.\nAnimatrice Pôle-emploi : Et ?\nKarim : Voilà.\n");
	ck_assert_uint_eq(r->item_count, 2);
	/* a table or a list within a turn is no new speaker */
	READ_AS("a.txt", "Enq. : Oui ?\nKarim : Voilà :\nNord\t12 bus\nSud\t3\nEnq. : Et ?\nKarim : Rien.\nEnq. : Et ?\nKarim : Rien.\nEnq. : Et ?\nKarim : Non.\n");
	ck_assert_uint_eq(r->item_count, 4);
	ck_assert_str_eq(r->items[0].text, "Voilà :\nNord\t12 bus\nSud\t3");
	/* a table of two columns that Word saved as text */
	READ_AS("a.txt", "Enquêtrice\tOui ?\nP1\tLe bus.\nP2\tLe train : jamais.\nEnquêtrice\tEt ?\nP1\tVoilà.\n");
	CAME("a:1|Le bus.", "a:2|Le train : jamais.", "a:1|Voilà.");
	hr_set(r, "interviewer", "none");
	hr_set(r, "speaker", "label");
	READ_AS("a.txt", "**I:** Oui ? #00:00:05-8#\n**B:** Le bus. //I: hum// Non. #00:00:09-0#\n**I:** Et ? #00:00:10-0#\n**B:** Voilà. #00:00:11-0#\n");
	CAME("I|Oui ? #00:00:05-8#", "B|Le bus. //I: hum// Non. #00:00:09-0#", "I|Et ? #00:00:10-0#", "B|Voilà. #00:00:11-0#");
}
END_TEST

START_TEST(what_is_given)
{
	hr_set(r, "field", "session");
	hr_set(r, "field", "locuteur");
	READ_AS("d/2025-04-22_atelier.txt", "E : Oui ?\nR : Le bus.\nE : Bien.\nR : Voilà.\n");
	CAME("|Le bus.", "|Voilà.");
	field(0, "session", NULL);
	field(0, "date", "2025-04-22");
	READ_AS("GMT20250422-120312_x.txt", "E : Oui ?\nR : Le bus.\nE : Bien.\nR : Voilà.\n");
	field(0, "date", "2025-04-22");
	hr_set(r, "field", "date");
	READ_AS("x20250422.txt", "E : Oui ?\nR : Le bus.\nE : Bien.\nR : Voilà.\n");
	field(0, "date", NULL);
}
END_TEST

/* ---- what is not one ----------------------------------------------------------------------------------------------- */

START_TEST(others)
{
	static const char *const not[] = {
	    "Atelier de Lestaing\nAnimatrice : Mme X\nParticipants : 12\n\nPoints forts : l'écoute\nPoints faibles : le bus\n\nPoints forts : le café\nPoints faibles : 9:00\n",
	    "Séance 1\nAnimatrice : Mme X\nParticipants : 12\nLieu : Haudain\nLe bus.\n\nSéance 2\nAnimatrice : Mme Y\nParticipants : 8\nLieu : Lestaing\nLa CAF ?\n",
	    "Lundi 9:00\nMardi 10:30\nLundi 14:00\nMardi 16:00\nLundi 17:30\nRien ne va.\n",
	    "09:00 Accueil\n10:30 Pause\n11:00 Atelier : on garde\n14:00 Atelier : on jette\n15:30 Pause\n\nLe bus de 15:30.\n",
	    "Groupe 1 : le bus\nGroupe 2 : le train\nGroupe 1 : la CAF\nGroupe 2 : rien\n",
	    "Je dis toujours : pas de bus.\n\nLe problème : rien.\n\nRésultat : rien.\n\nRésultat : radiée.\n",
	    "Sylvie : le bus\nKarim : le train\nSylvie : la CAF\nKarim : rien\n",
	    "**** *id_1\nE : oui\nR : non\nE : oui\nR : non\n",
	    "<v Marie>oui\n",
	    "Enq\t\t00:00:03.120\t3.12\t00:00:06.480\tBonjour\nLoc\t\t00:00:07.120\t7.12\t00:00:08.480\tBus\nEnq\t\t00:00:09.120\t9.12\t00:00:10.480\tOui\n",
	    "texte;heure\nLe bus;10:30\nLe train;11:30\nLe tram;12:30\n",
	    "PK\3\4", ""};
	for (size_t i = 0; i < sizeof not / sizeof *not; i++)
		ck_assert_msg(hr_probe(r, "a.txt", not[i], strlen(not[i])) == 0, "%zu: %d", i, (int)hr_probe(r, "a.txt", not[i], strlen(not[i])));
	ck_assert_int_ge(PROBE("a.vtt", "WEBVTT\n"), 90);
	ck_assert_int_eq(PROBE("a.txt", "- E : oui ?\n- R : non\n- E : oui ?\n- R : non\n"), 60);
	ck_assert_int_eq(PROBE("a.txt", "Enq\toui ?\nP1\tnon\nEnq\toui ?\nP1\tnon\n"), 75);
	/* a survey, whose columns have names, and who answers may be an animatrice */
	ck_assert_int_lt(PROBE("a.tsv", "Profession\tVotre avis\nAnimatrice\tLe bus ?\nOuvrier\tLe bus\nAnimatrice\tLes papiers\nOuvrier\tTout\n"), 70);
	ck_assert_int_lt(PROBE("a.txt", "Lettre\tIdée\nA\tLe bus ?\nE\tLe train ?\nA\tLes papiers\nE\tLa CAF ?\n"), 70);
	ck_assert_int_eq(PROBE("a.txt", "Qui\tQuoi\nNord\tbus\nSud\ttrain\nNord\tbus\n"), 0);
	READ_AS("a.txt", "Le bus ne passe pas.\n");
	ck_assert_int_eq(r->status, AUR_E_DATA);
	ck_assert(strstr(r->error, "not a transcript"));
	READ("WEBVTT\n\nNOTE rien\n");
	came(NULL, 0);
}
END_TEST

START_TEST(settings)
{
	static const char *const wrong[][2] = {{"speaker", "oui"}, {"marks", "oui"}};
	for (size_t i = 0; i < 2; i++) {
		teardown();
		setup();
		hr_set(r, wrong[i][0], wrong[i][1]);
		READ("WEBVTT\n\n00:01.000 --> 00:02.000\nOui.\n");
		ck_assert_int_eq(r->status, AUR_E_CONFIG);
	}
	teardown();
	setup();
	hr_set(r, "speaker", "no");
	hr_set(r, "interviewer", "Personne");
	READ("WEBVTT\n\n00:01.000 --> 00:02.000\nOui.\n");
	CAME("|Oui.");
	ck_assert(hr_noted(r, "« Personne »"));
}
END_TEST

/* Bytes that are not UTF-8, more who speak than there is room for, a text that is too long. */
START_TEST(hostile)
{
	READ_AS("a.txt", "E : Oui ?\nR : Le caf\xC3\xA9.\nE : Bien.\nR : Voil\xE0.\n");
	ck_assert_int_eq(r->status, AUR_END);
	ck_assert_uint_eq(r->item_count, 2);
	ck_assert_str_eq(r->items[1].text, "Voilà.");
	enum { MANY = 3000 };
	char *b = malloc(MANY * 64), *to = b;
	ck_assert_ptr_nonnull(b);
	for (int i = 0; i < MANY; i++)
		to += snprintf(to, 64, "%02d:%02d:%02d Intervenant %d : oui\n", i / 3600, i / 60 % 60, i % 60, i);
	hr_read(r, "a.txt", b, (size_t)(to - b));
	ck_assert_int_eq(r->status, AUR_END);
	ck_assert_uint_ge(r->item_count, 500);
	free(b);
	size_t long_one = (size_t)33 << 20;
	b = malloc(long_one + 64);
	ck_assert_ptr_nonnull(b);
	memset(b, 'a', long_one);
	memcpy(b, "R1 0:01\n", 8);
	memcpy(b + long_one, "\nR2 0:02\noui\nR1 0:03\nnon\n", 25);
	hr_read(r, "a.txt", b, long_one + 25);
	ck_assert_int_eq(r->status, AUR_END);
	ck_assert_uint_eq(r->refusal_count, 1);
	ck_assert_uint_eq(r->item_count, 2);
	free(b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-transcript");
	TCase *c = tcase_create("transcript");
	tcase_add_checked_fixture(c, setup, teardown);
	seconds_at_most(c, 60);
	tcase_add_test(c, whisper);
	tcase_add_test(c, voices);
	tcase_add_test(c, words_and_colons);
	tcase_add_test(c, rolling);
	tcase_add_test(c, with_times);
	tcase_add_test(c, by_hand);
	tcase_add_test(c, what_is_given);
	tcase_add_test(c, others);
	tcase_add_test(c, settings);
	tcase_add_test(c, hostile);
	suite_add_tcase(s, c);
	return suite_run(s);
}
