/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing.h"
#include "probity-exhibit.h"
#include "probity-leak.h"
#include "probity-link.h"
#include "probity-list.h"
#include "probity-overview.h"
#include "probity-seal.h"
#include "probity-timeline.h"
#include "second-job-fixture.h"

#include "probity-casebook-private.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sodium.h>
#include <sqlcipher/sqlite3.h>
#include <stdio.h>

/*
 * Who is refused must not learn from the time it takes why. Times are noisy, so what takes the time
 * is counted: these functions stand before those of the libraries and pass each call on.
 */

typedef struct
{
  gint64 hashes;     /* Argon2id */
  gint64 hash_work;  /* operations times memory */
  gint64 replaced;   /* files */
  gint64 statements; /* begun, of SQLite */
  gint64 steps;
  gint64 signatures;
} Work;

static struct
{
  int    counting;
  gint64 hashes, hash_work, replaced, statements, steps, signatures;
} counted;

static void
add (gint64 *count,
     gint64  amount)
{
  if (g_atomic_int_get (&counted.counting))
    __atomic_fetch_add (count, amount, __ATOMIC_SEQ_CST);
}

int
crypto_pwhash (unsigned char *const       out,
               unsigned long long         out_length,
               const char *const          passphrase,
               unsigned long long         passphrase_length,
               const unsigned char *const salt,
               unsigned long long         operations,
               size_t                     memory,
               int                        algorithm)
{
  static int (*next) (unsigned char *, unsigned long long, const char *, unsigned long long, const unsigned char *, unsigned long long, size_t, int);

  if (next == NULL)
    next = dlsym (RTLD_NEXT, "crypto_pwhash");
  add (&counted.hashes, 1);
  add (&counted.hash_work, (gint64) (operations * memory));

  return next (out, out_length, passphrase, passphrase_length, salt, operations, memory, algorithm);
}

int
crypto_sign_detached (unsigned char       *signature,
                      unsigned long long  *signature_length,
                      const unsigned char *message,
                      unsigned long long   message_length,
                      const unsigned char *key)
{
  static int (*next) (unsigned char *, unsigned long long *, const unsigned char *, unsigned long long, const unsigned char *);

  if (next == NULL)
    next = dlsym (RTLD_NEXT, "crypto_sign_detached");
  add (&counted.signatures, 1);

  return next (signature, signature_length, message, message_length, key);
}

/* Whether the thread that asks is one of those that look for what others wrote. */
static gboolean
is_watcher (void)
{
  static _Thread_local int known = -1;

  if (known < 0)
    {
      char name[16] = "";

      pthread_getname_np (pthread_self (), name, sizeof name);
      known = g_str_has_prefix (name, "casebook-watch");
    }

  return known;
}

int
sqlite3_step (sqlite3_stmt *statement)
{
  static int (*next) (sqlite3_stmt *);

  if (next == NULL)
    next = dlsym (RTLD_NEXT, "sqlite3_step");
  /* The watcher asks whenever it likes, and each thread whether anything was written since; what the library asks itself has no text. */
  if (sqlite3_sql (statement) != NULL && strstr (sqlite3_sql (statement), "data_version") == NULL && !is_watcher ())
    {
      add (&counted.statements, !sqlite3_stmt_busy (statement));
      add (&counted.steps, 1);
    }

  return next (statement);
}

int
rename (const char *from,
        const char *to)
{
  static int (*next) (const char *, const char *);

  if (next == NULL)
    next = dlsym (RTLD_NEXT, "rename");
  add (&counted.replaced, 1);

  return next (from, to);
}

static void
begin (void)
{
  counted.hashes = counted.hash_work = counted.replaced = counted.statements = counted.steps = counted.signatures = 0;
  g_atomic_int_set (&counted.counting, 1);
}

static Work
end (const char *what)
{
  Work work;

  g_atomic_int_set (&counted.counting, 0);
  work = (Work) { counted.hashes, counted.hash_work, counted.replaced, counted.statements, counted.steps, counted.signatures };
  g_test_message ("%s: %" G_GINT64_FORMAT " hashes, %" G_GINT64_FORMAT " files, %" G_GINT64_FORMAT " statements, %" G_GINT64_FORMAT " steps, %" G_GINT64_FORMAT " signatures",
                  what,
                  work.hashes,
                  work.replaced,
                  work.statements,
                  work.steps,
                  work.signatures);

  return work;
}

/* So that nobody else's threads work meanwhile. */
static void
leave_alone (Force          *force,
             ProbitySession *session)
{
  ProbitySession *all[] = { force->casebook->admin, force->manager, force->other, force->hr, force->head, force->psd, force->acu, force->decider };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != session)
      wait_for_success (probity_session_sign_out (all[i]));
}

static Work
refuse_sign_in (Force      *force,
                const char *account)
{
  g_autoptr (GError) error = NULL;

  begin ();
  error = wait_for_error (probity_session_sign_in (force->casebook->folder, account, "not it", force->casebook->clock));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE);

  return end (account);
}

/* Rule: nobody learns by guessing which accounts there are. */
static void
test_sign_in (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  Work wrong, unknown;

  leave_alone (force, NULL);
  refuse_sign_in (force, "hr"); /* what is made once */
  wrong = refuse_sign_in (force, "hr");
  unknown = refuse_sign_in (force, "no-such-account");
  g_assert_cmpint (wrong.hashes, ==, 1);
  g_assert_cmpint (unknown.hashes, ==, 1);
  g_assert_cmpint (unknown.hash_work, ==, wrong.hash_work);
  g_assert_cmpint (wrong.replaced, ==, 1);
  g_assert_cmpint (unknown.replaced, ==, 1);
  g_assert_cmpint (unknown.statements, ==, wrong.statements);
}

typedef DexFuture *(*AskFunc) (ProbitySession *session,
                               const char     *reference);

static DexFuture *
ask_record (ProbitySession *session,
            const char     *reference)
{
  return probity_record_load (session, probity_record_kind_find ("second-job"), reference);
}

static DexFuture *
ask_comment (ProbitySession *session,
             const char     *reference)
{
  return probity_second_job_comment (session, reference, NULL, "a good officer", TRUE, NULL, NULL);
}

static DexFuture *
ask_decision (ProbitySession *session,
              const char     *reference)
{
  return force_decide (session, reference, "approve");
}

static DexFuture *
ask_check (ProbitySession *session,
           const char     *reference)
{
  return probity_check_run (session, reference, NULL, PROBITY_CHECK_COMPLAINTS);
}

static DexFuture *
ask_withdrawal (ProbitySession *session,
                const char     *reference)
{
  return probity_second_job_withdraw (session, reference, NULL);
}

typedef struct
{
  const char *name;
  AskFunc     ask;
} Question;

static const Question questions[] = {
  { "record", ask_record },
  { "gate", probity_second_job_load_gate },
  { "timeline", probity_second_job_load_timeline },
  { "comment", ask_comment },
  { "check", ask_check },
  { "decision", ask_decision },
  { "withdrawal", ask_withdrawal },
};

/* The least of some answers: what is made once is made for the first. */
static Work
measure (ProbitySession *session,
         const Question *question,
         const char     *reference,
         char          **ret_message)
{
  Work least = { 0 };

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;
      Work work;

      begin ();
      error = wait_for_error (question->ask (session, reference));
      work = end (question->name);
      g_assert_nonnull (error);
      g_set_str (ret_message, error->message);
      if (i == 0 || work.statements < least.statements || (work.statements == least.statements && work.steps < least.steps))
        least = work;
    }

  return least;
}

static void
compare (ProbitySession *session,
         const Question *asked,
         guint           n_asked,
         const char     *there,
         const char     *absent)
{
  for (guint i = 0; i < n_asked; i++)
    {
      g_autofree char *message_there = NULL;
      g_autofree char *message_absent = NULL;
      Work             of_there = measure (session, &asked[i], there, &message_there);
      Work             of_absent = measure (session, &asked[i], absent, &message_absent);

      g_test_message ("%s: “%s”, “%s”", asked[i].name, message_there, message_absent);
      g_assert_cmpint (of_there.statements, ==, of_absent.statements);
      g_assert_cmpint (of_there.steps, ==, of_absent.steps);
      g_assert_cmpint (of_there.signatures, ==, of_absent.signatures);
      g_assert_cmpint (of_there.hashes, ==, of_absent.hashes);
    }
}

/* Rule: a case of somebody else's people answers after the same work as one that does not exist. */
static void
test_foreign (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  leave_alone (force, force->other);
  compare (force->other, questions, G_N_ELEMENTS (questions), reference, "SJ/9ZZZ9Z");
}

/* Rule: and so does a case of one's own, and of a relative. */
static void
test_locked (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *own = force_submit (force, force->hr, "4001", "The Bell");
  g_autofree char *relative = force_submit (force, force->hr, "1001", "The Crown");

  force_relate (force, "4001", "1001");
  leave_alone (force, force->psd);
  compare (force->psd, questions, G_N_ELEMENTS (questions), own, "SJ/9ZZZ9Z");
  compare (force->psd, questions, G_N_ELEMENTS (questions), relative, "SJ/9ZZZ9Z");
}

static DexFuture *
ask_case (ProbitySession *session,
          const char     *reference)
{
  return probity_case_load (session, NULL, reference);
}

static DexFuture *
ask_course (ProbitySession *session,
            const char     *reference)
{
  return probity_case_load_timeline (session, NULL, reference);
}

static DexFuture *
ask_link (ProbitySession *session,
          const char     *reference)
{
  return probity_link_add (session, "person", "1001", NULL, reference, "related", "r");
}

static DexFuture *
ask_seal (ProbitySession *session,
          const char     *reference)
{
  static const char *const holders[] = { "decider", NULL };

  return probity_case_seal (session, reference, holders, "r");
}

static const Question of_investigations[] = {
  { "case", ask_case },
  { "closing", probity_closing_load },
  { "timeline", ask_course },
  { "exhibits", probity_exhibit_list },
  { "check", ask_check },
  { "link", ask_link },
  { "seal", ask_seal },
};

/* Rule: and so does a sealed case to who lacks its key, to who holds the key of another one too. */
static void
test_sealed (void)
{
  static const char *const nobody_else[] = { NULL };
  g_autoptr (Force) force = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *own = NULL;
  g_autoptr (ProbityRecord) sealed = NULL;
  g_autoptr (ProbityRecord) sealed_own = NULL;

  session_fixture_places = 1;
  force = force_new ("derbyshire");
  reference = force_investigate (force->decider, &probity_leak_case, "Leak", "1001");
  own = force_investigate (force->acu, &probity_leak_case, "Another", NULL);
  sealed = wait_for_boxed (probity_case_seal (force->decider, reference, nobody_else, "r"));
  sealed_own = wait_for_boxed (probity_case_seal (force->acu, own, nobody_else, "r"));
  leave_alone (force, force->acu);
  compare (force->acu, of_investigations, G_N_ELEMENTS (of_investigations), reference, "LI/222222");
  session_fixture_places = 0;
}

static DexFuture *
load_list (ProbitySession *session,
           const char     *list)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find (list));

  return probity_list_load_ids (session, query, NULL);
}

/* What writes nothing: what is written is read by the watcher whenever it likes. */
static DexFuture *
look (ProbitySession *session,
      guint           what)
{
  static const gint64 ids[] = { 1, 2 };

  switch (what)
    {
    case 0:
      return load_list (session, "leaks");
    case 1:
      return probity_list_load_rows (session, probity_list_kind_find ("leaks"), ids, G_N_ELEMENTS (ids), NULL);
    case 2:
      return load_list (session, "checks");
    case 3:
      return probity_my_day (session);
    default:
      return probity_statistics (session, NULL, NULL);
    }
}

#define N_LOOKS 5

/* The least of some, as measure() has it. */
static Work
measure_look (ProbitySession *session,
              guint           what)
{
  Work least = { 0 };

  for (guint i = 0; i < 6; i++)
    {
      Work work;

      begin ();
      wait_for_success (look (session, what));
      work = end ("look");
      if (i == 0 || work.statements < least.statements || (work.statements == least.statements && work.steps < least.steps))
        least = work;
    }

  return least;
}

/* Rule: lists, checks, the day and the numbers are the same work for who lacks the key, whether there is a sealed case or not. */
static void
test_sealed_lists (void)
{
  static const char *const nobody_else[] = { NULL };
  g_autoptr (Force) force = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *open = NULL;
  ProbitySubject   subject = { (char *) "1001", NULL, NULL };
  ProbitySession  *decider;
  Work             before[N_LOOKS];

  session_fixture_places = 1;
  force = force_new ("derbyshire");
  open = force_investigate (force->decider, &probity_leak_case, "Open", "1001");
  leave_alone (force, force->acu);
  for (guint i = 0; i < N_LOOKS; i++)
    before[i] = measure_look (force->acu, i);

  probity_values_set (values, "title", "Sealed");
  probity_values_set (values, "item", "Briefing");
  g_ptr_array_add (subjects, &subject);
  decider = session_fixture_sign_in (force->casebook, "decider");
  record = wait_for_boxed (probity_investigation_open_sealed (decider, &probity_leak_case, values, subjects, nobody_else, "from the first"));
  session_fixture_sign_out (decider);
  for (guint i = 0; i < N_LOOKS; i++)
    {
      Work after = measure_look (force->acu, i);

      g_test_message ("%u", i);
      g_assert_cmpint (after.statements, ==, before[i].statements);
      g_assert_cmpint (after.steps, ==, before[i].steps);
      g_assert_cmpint (after.signatures, ==, before[i].signatures);
    }
  session_fixture_places = 0;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  /* Where answers are slow, the ends of the logs would go into the journal in the course of each. */
  probity_writer_head_interval_us = 24 * 60 * 60 * (gint64) G_USEC_PER_SEC;
  g_test_add_func ("/equal-work/sign-in", test_sign_in);
  g_test_add_func ("/equal-work/foreign", test_foreign);
  g_test_add_func ("/equal-work/locked", test_locked);
  g_test_add_func ("/equal-work/sealed", test_sealed);
  g_test_add_func ("/equal-work/sealed-lists", test_sealed_lists);

  return g_test_run ();
}
