/* SPDX-License-Identifier: Apache-2.0 */
/* negation.h - what the files of annotate-negation share.
 *
 * Words used here
 *  hit, find     a hit of an earlier annotator, whose polarity is to be decided
 *  cue           the words that deny (« ne … pas », « sans ») or set a condition (« si »), with their scope
 *  scope         the tokens that a cue is said of; the cue governs a hit there, unless a rule of governs.c says no
 *  lack counts   having none of the thing belongs to the theme as well (AUR_HIT_LACK_COUNTS): « pas de bus » asserts it
 *  no matter     said of a thing that is no trouble, which denies the theme even so: « aucun problème de bus »
 *  goods         what one could wish for, that is, hits whose lack counts: « j'en veux pas » denies a thing only if it is one of these
 *  named         what a clause speaks of was named before it: « les sanctions » of « les sanctions, j'en ai jamais eu »
 *  part, role    what a word can be in a sentence, as bits R_…
 *
 * doc/architecture.md lists the files in an order in which each uses only those before it. */
#ifndef AURICULE_NEGATION_H
#define AURICULE_NEGATION_H
#include "text.h"

/* ---- who.c ---- */

/* The verb that the word at `i` denies: the word before it, skipping « vraiment », « même »… */
uint32_t neg_verb_of(const neg_text *t, uint32_t i);
/* Is the verb said of others?  « ils ne cherchent pas », « mon conseiller ne demande pas »: then it is not the speaker's wish. */
bool neg_of_others(const neg_text *t, uint32_t verb);
/* Is « nous », « me » right before the verb, or before its auxiliary? */
bool neg_to_me(const neg_text *t, uint32_t verb);
/* The comma or other stop that ends the clause of `i`; NEG_NONE if the sentence ends first. */
enum { NEG_AHEAD = 30 }; /* tokens searched for the other half of a contrast */
uint32_t neg_clause_end(const neg_text *t, uint32_t i);

/* ---- turns.c ---- */

/* Is a thing said to be the only one?  « rien d'autre que me juger » */
bool neg_only(const neg_text *t, uint32_t i);
/* Does the word at `i`, which may deny, not deny here?  « pourquoi pas », « pas seulement », « en personne » */
bool neg_pseudo(const neg_text *t, uint32_t i);
/* Does the « plus » at `i` mean « no more »?  with_ne: it belongs to a « ne ». */
bool neg_no_more(const neg_text *t, uint32_t i, bool with_ne);
/* The same, where a « ne » counts if only the verb stands between: « ne viens plus ». */
bool neg_says_no_more(const neg_text *t, uint32_t i);
/* Is the denial at `i` only wished for?  « que plus personne ne soit sanctionné » */
bool neg_wish(const neg_text *t, uint32_t i);
/* « vous n'avez pas à nous juger »: they do; `second` is the « pas ». */
bool neg_not_theirs(const neg_text *t, uint32_t second);
/* « des gens qui se battent, pas des assistés »: does the word at `i` only contrast? */
bool neg_contrast(const neg_text *t, uint32_t i);
/* A cue's verb begins at `verb`, its « ne » is `i` and its « pas » is `second` (both are the same without « ne »): does it ask, order,
 * or say what would have been? */
bool neg_unreal(const neg_text *t, uint32_t i, uint32_t second, uint32_t verb);

/* ---- scope.c ---- */

typedef struct neg_reach {
	uint32_t words;                /* length of the scope in words, at most */
	bool through_que, through_qui; /* does not end at the clause that que, qui opens */
	bool through_subject;          /* does not end at a subject: it is said of a clause that is still to come */
	bool noun;                     /* the cue denies a noun: in « pas de rendez-vous et radié » the scope ends before « et » */
} neg_reach;
/* « le car », « courir après »: a word that elsewhere ends a clause, but not here */
bool neg_is_noun(const neg_text *t, uint32_t i);
/* The last token of the scope of a cue at `i`, whose verb begins at `verb`. */
uint32_t neg_scope_end(const neg_text *t, uint32_t i, uint32_t verb, neg_reach how);
/* The last token of the phrase that begins at `from`, after at most `words` more words. */
uint32_t neg_phrase_end(const neg_text *t, uint32_t from, uint32_t words);

/* ---- named.c ---- */

/* Finds what was named before token `i`: [*first, *last], « les sanctions » of « les sanctions, moi, j'en ai jamais eu ».  *links:
 * the parts of the words between it and the token.  Returns false if nothing was named. */
bool neg_named_before(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last, uint32_t *links);
/* Does the sentence begin with a thing and a comma, [*first, *last], and say nothing bad until `i`?  « des formations, on m'en a
 * proposé trois, j'ai (l'embarras du choix) » */
bool neg_topic(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last);
/* [first, end] was named; if it ends a list, « le sport, la sophro », « MDPH, invalidité, tout ça », returns where the list begins,
 * else `first`. */
uint32_t neg_list_before(const neg_text *t, uint32_t first, uint32_t end);
/* Adds a cue at [token, last] that denies just what was named in the scope; nothing if the scope is empty. */
void neg_deny(neg_text *t, uint32_t token, uint32_t last, uint32_t scope_first, uint32_t scope_last);
/* What is no matter: anything, or only things that one could wish for (neg_cue.goods). */
typedef enum neg_what { NEG_ANY, NEG_GOODS } neg_what;
/* Adds a cue at [token, last]: what was named before its clause is no matter.  Returns false if nothing was named. */
bool neg_matter_before(neg_text *t, uint32_t token, uint32_t last, neg_what what);
/* The same for a given scope. */
void neg_no_matter(neg_text *t, uint32_t token, uint32_t last, uint32_t scope_first, uint32_t scope_last, neg_what what);
/* The same for what follows `token` up to `last`, whatever polarity the entry that found it expects. */
void neg_whole(neg_text *t, uint32_t token, uint32_t last);
/* The same for the clause from `from` on, at most `words` of it. */
void neg_aside(neg_text *t, uint32_t token, uint32_t last, uint32_t from, uint32_t words, neg_what what);
/* The word that denies the one at `i`, at most `words` words before it, with only small words between: « aucun vrai problème »; else
 * NEG_NONE. */
uint32_t neg_denied_by(const neg_text *t, uint32_t i, unsigned words);
/* The word that denies the verb at `i`, just behind it: « ne me concerne pas », « m'inquiète plus »; else NEG_NONE. */
uint32_t neg_denied_verb(const neg_text *t, uint32_t i);
/* Adds a cue at [token, i]: what is named behind `i`, in at most `words` words, is no matter: « (aucun problème) de transport »,
 * « (rien à redire), niveau bus ».  Returns whether something is named there, even if it is not denied. */
bool neg_matter_behind(neg_text *t, uint32_t token, uint32_t i, uint32_t words);
/* Is there a « mais » after `i`?  « rien de grave, mais je fatigue » concedes. */
bool neg_is_conceded(const neg_text *t, uint32_t i);
/* Is a word of [first, last] one of trouble?  Nobody wishes for « des problèmes de bus »: plenty of them is no good. */
bool neg_names_trouble(const neg_text *t, uint32_t first, uint32_t last);

/* ---- verdicts.c ---- */

/* If the word at `i` says that something is in order, denies what was named before it. */
void neg_verdict(neg_text *t, uint32_t i);
/* The same at « ai », « a »: whoever has what was named does not lack it. */
void neg_had(neg_text *t, uint32_t i);
/* Is the verdict at `i` qualified afterwards?  « ça va, mais c'est long » */
bool neg_taken_back(const neg_text *t, uint32_t i);
/* Could a word of [from, to] say that something is in order?  Only a quick test of the parts, for sentences without any other cue. */
bool neg_may_be_had(const uint32_t *role, uint32_t from, uint32_t to);

/* ---- idioms.c ---- */

/* If an idiom has its key word at `i`, denies what was named before it. */
void neg_find_idiom(neg_text *t, uint32_t i);
/* The key word of an idiom that a short answer from `i` on consists of, « une formalité », « faut pas exagérer »; else NEG_NONE. */
uint32_t neg_idiom_near(const neg_text *t, uint32_t i, bool lack);
/* Is what ends at `last` complained of behind: « la paperasse, on n'en peut plus », « mon dossier ça m'empêche de dormir »? */
bool neg_is_complained_of(const neg_text *t, uint32_t last);
/* « sans aide », of what was named before the clause: « les papiers, je les fais sans aide ». */
void neg_without_help(neg_text *t, uint32_t sans);
/* « sans problème », of the clause before it. */
void neg_without_trouble(neg_text *t, uint32_t sans, uint32_t problem);

/* ---- reported.c ---- */

/* If the word at `i`, which is in these lists, says that nobody spoke of something, denies that thing. */
void neg_find_reported(neg_text *t, uint32_t i, const neg_set *in);

/* ---- duties.c ---- */

/* If the word at `i` denies that somebody has to do something, denies that thing. */
void neg_no_duty(neg_text *t, uint32_t i);

/* ---- clefts.c ---- */

/* If the word at `i` denies that a thing is what is missing, or to blame, denies that thing. */
void neg_cleft(neg_text *t, uint32_t i);
/* « ni la CAF ni France Travail, c'est ma sœur qui m'a aidée »: denies what the sentence, which begins with « ni », puts aside. */
void neg_list_put_aside(neg_text *t);

/* ---- the rules that apart.c applies to each word that may deny ---- */

/* A rule appends cues to t->cues if it applies to the word at `i`; those that return bool say whether they did.  The .c files have
 * the examples. */
void neg_contrasted(neg_text *t, uint32_t i);
void neg_corrected(neg_text *t, uint32_t i);
void neg_rather(neg_text *t, uint32_t i);
void neg_not_that_office(neg_text *t, uint32_t i);
void neg_on_their_own(neg_text *t, uint32_t i);
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
/* `i` is the second word of « au lieu de » at the beginning of a sentence: does the sentence report what was done?  « au lieu d'une
 * sanction, j'ai eu un café », but not « au lieu de sanctions on a besoin de … »; with to_me also what was done to somebody, « ils
 * m'ont aidé », who may miss the thing: « au lieu d'un accompagnement ils m'ont radié » */
bool neg_tells_behind(const neg_text *t, uint32_t i, bool to_me);
bool neg_never_checked(neg_text *t, uint32_t i);
bool neg_not_claimed(neg_text *t, uint32_t i);
void neg_managed_without(neg_text *t, uint32_t i);
void neg_never_left_without(neg_text *t, uint32_t i);
/* If the sentence says « j'y suis plus », « j'en veux pas » after `i`: the word that denies, else NEG_NONE. */
uint32_t neg_not_there(const neg_text *t, uint32_t i);
/* If the answer that begins at `i` refuses the thing, « non merci », « jamais de la vie »: the word that denies, else NEG_NONE. */
uint32_t neg_waved_away(const neg_text *t, uint32_t i);

/* ---- a whole sentence ---- */

/* « sans … » at `i`: does the sentence go on with what would be, if there were none? */
bool neg_would_follow(const neg_text *t, uint32_t i);
/* Appends the cues of the sentence [t->from, t->to] to t->cues.  lack_only: only cues that deny a lack as well. */
void neg_find_cues(neg_text *t, bool lack_only);
/* Its parts; each appends its own cues. */
void neg_find_conditions(neg_text *t);
void neg_find_matters(neg_text *t);
void neg_find_apart(neg_text *t);
void neg_find_ended(neg_text *t);
void neg_find_topics(neg_text *t);
/* The clause that begins at `i` says that something was not so: denies what the sentence expected before it.  neg_turned_out does
 * the same if the next sentence, [from, to], says so. */
void neg_came_to_nothing(neg_text *t, uint32_t i);
/* « moi qui croyais … », with that verb at `i`: denies what was expected. */
void neg_expected_else(neg_text *t, uint32_t i);
void neg_turned_out(neg_text *t, uint32_t from, uint32_t to);
/* Denies what the sentence tells of others, if it goes on « …, pas moi »; neg_not_me_then if the next sentence, [from, to], does. */
void neg_find_others(neg_text *t);
void neg_not_me_then(neg_text *t, uint32_t from, uint32_t to);
/* The word near the beginning of the sentence by which it says that something is no matter, whatever that is; NEG_NONE if there is none. */
uint32_t neg_denied_matter(neg_text *t);
/* t is a question of few words, « Les sanctions ? », and [from, to] the next sentence.  Returns the word that denies in that
 * answer, or NEG_NONE.  lack: the question is about something whose lack counts. */
uint32_t neg_answer(neg_text *t, uint32_t from, uint32_t to, bool lack);
/* The sentence only says « non plus » of something else, as in « Me déplacer, aucun souci. L'ordi non plus. »: returns « non », or
 * NEG_NONE. */
uint32_t neg_likewise(const neg_text *t);

/* ---- hits ---- */

/* A hit of an earlier annotator. */
typedef struct neg_hit {
	aur_hit hit;
	uint32_t number; /* its index in the view */
	uint32_t theme;  /* number of its root theme, within the contribution */
	uint32_t nth;    /* index among the hits of its theme, in the list that it is in */
} neg_hit;
/* The hits of a contribution. */
typedef struct neg_hits {
	neg_hit *all;  /* in the order of the view */
	size_t all_count;
	neg_hit *open; /* those whose polarity may change, sorted by first token */
	size_t count;
	const uint32_t *of_theme; /* by theme: how many of the open hits belong to it */
} neg_hits;
/* Is the hit a verb, rather than a noun?  Then there is a pronoun in it or before it, and no article. */
bool neg_is_verbal(const neg_text *t, const aur_hit *hit);
/* Does a denial deny this hit?  True unless a lack of it counts; and even then if one of its words makes it a burden: « courrier en
 * retard ». */
bool neg_is_burden(const neg_text *t, const aur_hit *hit);
/* The cue that governs a hit, or NULL. */
const neg_cue *neg_cue_of(const neg_text *t, const aur_hit *hit);
/* Sets the polarity of hit i according to its cue.  AUR_OK also if no cue governs it, or its entry has a polarity of its own. */
aur_status neg_apply(neg_text *t, uint32_t i, const aur_hit *hit);
/* Sets the polarity of hit i, with its cue and scope [first, last]; AUR_OK if its entry has a polarity of its own. */
aur_status neg_say(const neg_text *t, uint32_t i, aur_polarity p, uint32_t cue_first, uint32_t cue_last, uint32_t first, uint32_t last);

/* ---- upheld.c ---- */

/* Must the words around the hit, which ends at `last` or behind it, not deny it, whatever their weights? */
bool neg_is_upheld(const neg_text *t, const aur_hit *hit, uint32_t last);

/* ---- evidence.c ---- */

neg_evidence *neg_evidence_new(void); /* to be freed with free(); NULL when memory is short */
/* Decides hits of a sentence by the words around them: denies those that are asserted so far, where people speak as they do to
 * deny, and asserts again those whose denial is very unlikely.  Sets *denied if it denied one. */
aur_status neg_weigh(const neg_text *t, const neg_hit *hits, size_t count, bool *denied);

/* ---- leaning.c ---- */

/* Carry a denial over to other hits of the same theme: within a sentence, within the span of the denied hit, within the contribution. */
aur_status neg_deny_had(neg_text *t, const neg_hit *hits, size_t count);
aur_status neg_deny_within(const aur_host *h, const aur_view *v, const neg_hits *x);
aur_status neg_deny_named(neg_text *t, const neg_hits *x);
aur_status neg_deny_leaning(const aur_host *h, const aur_view *v, const neg_hits *x);
#endif
