/* SPDX-License-Identifier: Apache-2.0 */
/* negation.h - what the files of annotate-negation share; each uses those above it alone.
 *
 *   words.[ch]    which part a word can play, and the words that a rule asks for by name
 *   text.[ch]     a sentence word by word, and the cues that were found in it
 *   who.c         of whom a verb is said, and where its clause ends
 *   turns.c       what only looks like a negation: « pas seulement », « plus de places », « pour ne pas être jugé »
 *   scope.c       how far a cue reaches
 *   named.c       what was named before its clause, and how a thing is said to be no matter
 *   conditions.c  the words that make it hang on something: « si », « à condition que », « quand elles sont justifiées »
 *   verdicts.c    what is said to be in order: « le loyer, ça va »
 *   idioms.c      turns that say so: « la paperasse, les doigts dans le nez »
 *   reported.c    what notes of a session say that nobody spoke of: « personne n'évoque les ateliers »
 *   matters.c     what is said to be no matter: « aucun problème de bus », « c'est pas le permis qui me manque »
 *   contrast.c    what is set against another thing: « c'est pas la CAF, c'est … »
 *   unused.c      what somebody has nothing to do with: « je ne suis pas inscrit à France Travail »
 *   unsought.c    what nobody asks for: « je cherche pas de formation », « non merci »
 *   instead.c     what is not there and not missed: « pas d'écran ici, on écrit à la main »
 *   apart.c       goes over a sentence with these four: « les ateliers, c'est pas pour moi »
 *   ended.c       what is over or spared, said by a verb: « mes dettes sont derrière moi », « elle m'épargne les formulaires »
 *   expected.c    what was expected and did not come: « je croyais qu'on allait me juger, eh ben non »
 *   topics.c      what is named first and denied behind: « les sanctions, j'en ai jamais eu »
 *   answers.c     what is asked and answered: « Radié, moi ? Jamais. »
 *   cues.c        the words that deny: « ne … pas », « sans », « loin de »…; and all of the above
 *   governs.c     which cue governs a hit
 *   weights.[ch]  what was learnt of the words that people deny with
 *   evidence.c    weighs the words around a hit of which no rule says anything
 *   leaning.c     hits whose polarity follows from that of another
 *   plugin.c      the component */
#ifndef AURICULE_NEGATION_H
#define AURICULE_NEGATION_H
#include "text.h"
#include <libintl.h>

#define _(s) dgettext("auricule", s)
#define N_(s) s

/* ---- who.c ---- */

/* The verb that the word at `i` denies: the one before it, past « vraiment », « même »… */
uint32_t neg_verb_of(const neg_text *t, uint32_t i);
/* Is it said of others?  « ils ne cherchent pas », « mon conseiller ne demande pas »: then it is no wish of whoever speaks. */
bool neg_of_others(const neg_text *t, uint32_t verb);
/* « nous », « me » right before the verb, past its auxiliary */
bool neg_to_me(const neg_text *t, uint32_t verb);
/* Where the clause that goes on behind `i` ends at a comma or another stop; NEG_NONE where the sentence ends first. */
enum { NEG_AHEAD = 30 }; /* tokens that are looked at in search of the other half of a contrast */
uint32_t neg_clause_end(const neg_text *t, uint32_t i);

/* ---- turns.c ---- */

bool neg_only(const neg_text *t, uint32_t i);
bool neg_pseudo(const neg_text *t, uint32_t i);
bool neg_no_more(const neg_text *t, uint32_t i, bool with_ne);
bool neg_wish(const neg_text *t, uint32_t i);
bool neg_not_theirs(const neg_text *t, uint32_t second);
bool neg_contrast(const neg_text *t, uint32_t i);
/* A cue whose verb begins at `verb`, whose « ne » or « pas » is `i`: does it ask, order, or say what would have been? */
bool neg_unreal(const neg_text *t, uint32_t i, uint32_t second, uint32_t verb);

/* ---- scope.c ---- */

typedef struct neg_reach {
	uint32_t words;                /* at most */
	bool through_que, through_qui; /* goes on into the clause that que, qui opens */
	bool through_subject;          /* said of a clause that is still to come */
	bool noun;                     /* it denies a noun: « pas de rendez-vous et radié » ends there */
} neg_reach;
/* « le car », « courir après »: a word that ends a clause elsewhere, and none here. */
bool neg_is_noun(const neg_text *t, uint32_t i);
/* The last token that a cue at `i`, whose verb begins at `verb`, governs. */
uint32_t neg_scope_end(const neg_text *t, uint32_t i, uint32_t verb, neg_reach how);

/* ---- named.c ---- */

/* What was named before the token: [first, last], « les sanctions » of « les sanctions, moi, j'en ai jamais eu ».  *links: the parts of
 * the words between it and the token. */
bool neg_named_before(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last, uint32_t *links);
/* What is named at [first, end] is the end of a list, « le sport, la sophro », « MDPH, invalidité, tout ça »: where the list begins. */
uint32_t neg_list_before(const neg_text *t, uint32_t first, uint32_t end);
/* What is denied at `token` was named before its clause: the words up to `last` say that it is no matter.  False where nothing was named. */
bool neg_matter_before(neg_text *t, uint32_t token, uint32_t last, bool wish);
/* The same, with what it is about as a scope. */
void neg_no_matter(neg_text *t, uint32_t token, uint32_t last, uint32_t scope_first, uint32_t scope_last, bool wish);
/* The same of what the clause names from `token` on, whatever the entry that found it asks for. */
void neg_whole(neg_text *t, uint32_t token, uint32_t last);
/* The same of the clause from `from` on, `words` of it at most. */
void neg_aside(neg_text *t, uint32_t token, uint32_t last, uint32_t from, uint32_t words, bool wish);

/* ---- verdicts.c ---- */

/* At a word that may say so: what was named before it is in order. */
void neg_verdict(neg_text *t, uint32_t i);
/* The same at « ai », « a »: what was named is had, so that it is not lacking. */
void neg_had(neg_text *t, uint32_t i);
/* Is what is said to be in order at `i` taken back behind it?  « ça va, mais c'est long » */
bool neg_taken_back(const neg_text *t, uint32_t i);
/* Could one of the words with these parts be so?  No other cue need stand there. */
bool neg_may_be_had(const uint32_t *role, uint32_t from, uint32_t to);

/* ---- idioms.c ---- */

/* At the last word of a turn that says of what was named before that it is no matter. */
void neg_find_idiom(neg_text *t, uint32_t i);
/* « sans problème », of the clause before it. */
void neg_without_trouble(neg_text *t, uint32_t sans, uint32_t problem);

/* ---- reported.c ---- */

/* At a word: does it say that nobody spoke of something? */
void neg_find_reported(neg_text *t, uint32_t i);

/* ---- the parts of apart.c, each at a word that may deny ---- */

void neg_contrasted(neg_text *t, uint32_t i);
void neg_corrected(neg_text *t, uint32_t i);
void neg_rather(neg_text *t, uint32_t i);
void neg_not_this_but_that(neg_text *t, uint32_t i);
void neg_not_from(neg_text *t, uint32_t i);
void neg_done_without(neg_text *t, uint32_t i);
void neg_no_dealings(neg_text *t, uint32_t i);
void neg_not_pushed(neg_text *t, uint32_t i);
void neg_not_sought(neg_text *t, uint32_t i);
void neg_not_for_me(neg_text *t, uint32_t i);
void neg_nothing_to_do(neg_text *t, uint32_t i);
void neg_made_up_for(neg_text *t, uint32_t i);
void neg_neither(neg_text *t, uint32_t i);
/* At the second word of « au lieu de » that a sentence begins with: does it tell what was done?  « au lieu d'une sanction, j'ai eu un café »; not
 * « au lieu de sanctions on a besoin de … » */
bool neg_tells_behind(const neg_text *t, uint32_t i);
bool neg_never_checked(neg_text *t, uint32_t i);
bool neg_not_claimed(neg_text *t, uint32_t i);
void neg_managed_without(neg_text *t, uint32_t i);
void neg_never_left_without(neg_text *t, uint32_t i);
/* Does the sentence say from `i` on « j'y suis plus », « j'en veux pas »?  The word, or NEG_NONE. */
uint32_t neg_not_there(const neg_text *t, uint32_t i);
/* Does the answer that begins with the word at `i` wave the thing away?  « non merci », « jamais de la vie »: the word, or NEG_NONE. */
uint32_t neg_waved_away(const neg_text *t, uint32_t i);

/* ---- a whole sentence ---- */

/* Finds the cues of the sentence [from, to] and puts them behind those before.  lack_only: none but those that deny a lack as well. */
void neg_find_cues(neg_text *t, bool lack_only);
/* Its parts.  Each puts its cues behind those before. */
void neg_find_conditions(neg_text *t);
void neg_find_matters(neg_text *t);
void neg_find_apart(neg_text *t);
void neg_find_ended(neg_text *t);
void neg_find_topics(neg_text *t);
/* What the sentence expected before the clause that begins at `i`, which says that it was not so.  Then the same of the sentence behind it,
 * [from, to]. */
void neg_came_to_nothing(neg_text *t, uint32_t i);
void neg_turned_out(neg_text *t, uint32_t from, uint32_t to);
/* The word by which the sentence says at its beginning that something is no matter, whatever it is about; NEG_NONE. */
uint32_t neg_denied_matter(neg_text *t);
/* A question of few words, « Les sanctions ? », and its answer in the sentence behind it, [from, to]: which word of it denies?  NEG_NONE
 * where it does not.  lack: of something whose lack would count. */
uint32_t neg_answer(neg_text *t, uint32_t from, uint32_t to, bool lack);

/* ---- hits ---- */

/* A hit of an earlier annotator. */
typedef struct neg_hit {
	aur_hit hit;
	uint32_t number; /* there */
	uint32_t theme;  /* the root of its theme, as a number: the same for the same one within a contribution */
	uint32_t nth;    /* of its theme, in the list that it stands in */
} neg_hit;
/* Those of a contribution. */
typedef struct neg_hits {
	neg_hit *all;  /* as they were given */
	size_t all_count;
	neg_hit *open; /* those that may be spoken of, by place */
	size_t count;
	const uint32_t *of_theme; /* how many of these are of a theme */
} neg_hits;
/* Is the hit a verb?  Then a pronoun stands in it or before it, and no article. */
bool neg_is_verbal(const neg_text *t, const aur_hit *hit);
/* Is it denied like anything else?  A lack of it counts, unless it is a burden by one of its words: « courrier en retard ». */
bool neg_is_burden(const neg_text *t, const aur_hit *hit);
/* The cue that governs a hit, or NULL. */
const neg_cue *neg_cue_of(const neg_text *t, const aur_hit *hit);
/* Says of hit i what its cue says; AUR_OK where nothing governs it or its entry has a polarity of its own. */
aur_status neg_apply(neg_text *t, uint32_t i, const aur_hit *hit);
aur_status neg_say(const neg_text *t, uint32_t i, aur_polarity p, uint32_t cue_first, uint32_t cue_last, uint32_t first, uint32_t last);
/* ---- evidence.c ---- */

neg_evidence *neg_evidence_new(void); /* to be freed; NULL when memory is short */
/* Denies those of a sentence's hits that are asserted by now, and around which people speak as they do to deny.  *denied: one was. */
aur_status neg_weigh(const neg_text *t, const neg_hit *hits, size_t count, bool *denied);

/* ---- leaning.c ---- */

/* What follows from hits that are denied, for the others of their theme: in a sentence, within their span, in the whole contribution. */
aur_status neg_deny_had(neg_text *t, const neg_hit *hits, size_t count);
aur_status neg_deny_within(const aur_host *h, const aur_view *v, const neg_hits *x);
aur_status neg_deny_named(neg_text *t, const neg_hits *x);
aur_status neg_deny_leaning(const aur_host *h, const aur_view *v, const neg_hits *x);
#endif
