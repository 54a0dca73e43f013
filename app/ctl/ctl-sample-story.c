/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-sample-story.h"

/* Invented: names are drawn at random, streets and firms do not exist under these names together. */
static const char *const women[] = {
  "Aileen",
  "Bethan",
  "Charlotte",
  "Deborah",
  "Elizabeth",
  "Fatima",
  "Grace",
  "Harriet",
  "Isla",
  "Jennifer",
  "Katherine",
  "Leanne",
  "Margaret",
  "Nadia",
  "Olivia",
  "Priya",
  "Rebecca",
  "Siobhan",
  "Tracey",
  "Victoria",
  "Wendy",
  "Yasmin",
  "Zoe",
  "Alison",
  "Catherine",
  "Donna",
  "Emma",
  "Helen",
  "Joanne",
  "Lucy",
};
static const char *const men[] = {
  "Alan",
  "Benjamin",
  "Christopher",
  "David",
  "Edward",
  "Farhan",
  "Graham",
  "Harjit",
  "Ian",
  "James",
  "Kevin",
  "Liam",
  "Matthew",
  "Neil",
  "Oliver",
  "Peter",
  "Robert",
  "Stephen",
  "Thomas",
  "William",
  "Andrew",
  "Daniel",
  "Gareth",
  "Jonathan",
  "Mohammed",
  "Nicholas",
  "Paul",
  "Richard",
  "Simon",
  "Tariq",
};
static const char *const surnames[] = {
  "Marsh",
  "Nair",
  "Bell",
  "Oldroyd",
  "Ahmed",
  "Barker",
  "Calvert",
  "Dhillon",
  "Eastwood",
  "Fielding",
  "Garside",
  "Hallam",
  "Ibbotson",
  "Jessop",
  "Kaur",
  "Lomas",
  "Machin",
  "Nuttall",
  "Oakley",
  "Pickering",
  "Quigley",
  "Ridley",
  "Staniforth",
  "Thorpe",
  "Usher",
  "Varley",
  "Wragg",
  "Yeomans",
  "Allsop",
  "Brough",
  "Coupland",
  "Dakin",
  "Elliott",
  "Fearn",
  "Gration",
  "Heathcote",
  "Iqbal",
  "Kirkup",
  "Lavery",
  "Mellor",
  "Naylor",
  "Orme",
  "Patel",
  "Rowbotham",
  "Shimwell",
  "Tomlinson",
  "Vickers",
  "Waterfall",
  "Youngman",
  "Armitage",
  "Bagshaw",
  "Clough",
  "Dobson",
  "Ellerby",
  "Furniss",
  "Goodwin",
  "Hodgkinson",
  "Jobling",
  "Kenworthy",
  "Ludlam",
};
static const char *const streets[] = {
  "Mill Lane",
  "Station Road",
  "Chapel Street",
  "Church View",
  "Quarry Bank",
  "Weavers Close",
  "Moor Road",
  "Victoria Terrace",
  "Orchard Way",
  "Bridge Street",
  "Hawthorn Avenue",
  "Larkspur Drive",
  "Dale Road",
  "Spring Gardens",
};

typedef struct
{
  const char *name;
  const char *postcode;
  const char *towns[6];
  const char *units[8];
  const char *prefix; /* of complaint references */
} Force;

static const Force forces[] = {
  { "derbyshire",
    "DE",
    { "Matlock", "Chesterfield", "Buxton", "Ilkeston", "Ripley", "Belper" },
    { "Response, B Division", "Response, C Division", "Response, D Division", "Safer Neighbourhoods", "Contact Management", "Crime Support", "Roads Policing", "Corporate Services" },
    "CM" },
  { "durham",
    "DH",
    { "Durham", "Peterlee", "Consett", "Seaham", "Bishop Auckland", "Spennymoor" },
    { "Response, North", "Response, South", "Neighbourhood Policing", "Crime", "Communications Centre", "Road Policing", "Custody", "Support Services" },
    "CM" },
};

typedef struct
{
  const char *category;
  const char *nature;
  const char *firms[4];
  gboolean    paid;
  double      hours;
} Trade;

static const Trade trades[] = {
  { "property-rental", "Letting of a house owned with spouse", { "Own property", "Own property, two flats", "Family lettings", "Own property" }, TRUE, 1 },
  { "paid-hobby", "Wedding and portrait photography", { "Lantern Light Photography", "Brook Photography", "Silver Fern Studio", "Hillside Images" }, TRUE, 5 },
  { "self-employed", "Garden design and maintenance", { "Greenways Gardens", "Four Seasons Gardening", "Ivy and Oak", "Dale Garden Care" }, TRUE, 8 },
  { "trainer-teacher", "First aid and outdoor instructor", { "High Edge Outdoor", "Safe Hands Training", "Summit Skills", "Riverside College evening classes" }, TRUE, 6 },
  { "consultant", "Advice on road safety for small firms", { "Clearway Advice", "Waypoint Consulting", "Northline Surveying", "Cobalt Advice" }, TRUE, 4 },
  { "waged", "Weekend shop assistant", { "Peak Cycle Hire Ltd", "Calder Books", "Fernlea Garden Centre", "Market Hall Bakery" }, TRUE, 6 },
  { "business-with-others", "Partner in a café", { "The Copper Kettle", "Three Arches Café", "Weir House Tea Room", "The Old Signal Box" }, TRUE, 7 },
  { "family-business", "Book-keeping for family farm", { "Highfield Farm", "Low Barn Dairy", "Top Pastures", "Brookside Livery" }, FALSE, 3 },
  { "musical-entertainer", "Keyboard player in a function band", { "The Nightshift Band", "Blue Lamp Quartet", "Steel Valley Brass", "The Late Turn" }, TRUE, 4 },
  { "voluntary-work", "Mountain rescue team member", { "Edale Vale Rescue Team", "St Cuthbert's Hospice shop", "Junior Football Club", "Riverside Food Bank" }, FALSE, 5 },
};

static void
person_free (gpointer data)
{
  CtlSamplePerson *person = data;

  g_free (person->staff_number);
  g_free (person->forenames);
  g_free (person->surname);
  g_free (person->known_as);
  g_free (person->former_names);
  g_free (person->rank);
  g_free (person->unit);
  g_free (person->line_manager);
  g_free (person->employment_group);
  g_free (person->date_of_birth);
  g_free (person->address);
  g_free (person->postcode);
  g_free (person);
}

static void
job_free (gpointer data)
{
  CtlSampleJob *job = data;

  g_free (job->employer);
  g_free (job);
}

static void
complaint_free (gpointer data)
{
  CtlSampleComplaint *complaint = data;

  g_free (complaint->reference);
  g_free (complaint->received);
  g_free (complaint->complainant);
  g_free (complaint->staff_number);
  g_free (complaint->subject_name);
  g_free (complaint->date_of_birth);
  g_free (complaint->allegation);
  g_free (complaint->status);
  g_free (complaint->finalised);
  g_free (complaint->result);
  g_free (complaint);
}

static void
report_free (gpointer data)
{
  CtlSampleReport *report = data;

  g_free (report->reference);
  g_free (report->date);
  g_free (report->category);
  g_free (report->text);
  g_free (report->sanitised_text);
  g_free (report->staff_number);
  g_free (report->subject_name);
  g_free (report->date_of_birth);
  g_free (report);
}

static const char *
pick (GRand             *rand,
      const char *const *words,
      guint              n_words)
{
  return words[g_rand_int_range (rand, 0, n_words)];
}

/* Days since 1970 as ISO text. */
static char *
dup_day (gint64 days)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (days * 24 * 60 * 60);

  return g_date_time_format (day, "%Y-%m-%d");
}

static gint64
get_day (int year,
         int month,
         int day)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return g_date_time_to_unix (date) / (24 * 60 * 60);
}

static CtlSamplePerson *
new_person (const Force *force,
            GRand       *rand,
            guint        index)
{
  CtlSamplePerson *person = g_new0 (CtlSamplePerson, 1);
  gboolean         woman = g_rand_boolean (rand);
  const char      *first = woman ? pick (rand, women, G_N_ELEMENTS (women)) : pick (rand, men, G_N_ELEMENTS (men));
  const char      *second = woman ? pick (rand, women, G_N_ELEMENTS (women)) : pick (rand, men, G_N_ELEMENTS (men));

  person->staff_number = g_strdup_printf ("%u", 2001 + index);
  person->forenames = g_rand_int_range (rand, 0, 3) == 0 ? g_strdup (first) : g_strdup_printf ("%s %s", first, second);
  person->surname = g_strdup (pick (rand, surnames, G_N_ELEMENTS (surnames)));
  if (woman && g_rand_int_range (rand, 0, 6) == 0)
    person->former_names = g_strdup_printf ("%s %s", first, pick (rand, surnames, G_N_ELEMENTS (surnames)));
  person->unit = g_strdup (force->units[g_rand_int_range (rand, 0, 8)]);
  person->date_of_birth = dup_day (get_day (1955, 1, 1) + g_rand_int_range (rand, 0, 35 * 365));
  person->address = g_strdup_printf ("%d %s, %s",
                                     g_rand_int_range (rand, 1, 140),
                                     pick (rand, streets, G_N_ELEMENTS (streets)),
                                     force->towns[g_rand_int_range (rand, 0, 6)]);
  person->postcode = g_strdup_printf ("%s%d %d%c%c",
                                      force->postcode,
                                      g_rand_int_range (rand, 1, 75),
                                      g_rand_int_range (rand, 1, 10),
                                      "ABDEFGHJLNPQRSTUWXYZ"[g_rand_int_range (rand, 0, 20)],
                                      "ABDEFGHJLNPQRSTUWXYZ"[g_rand_int_range (rand, 0, 20)]);
  return person;
}

/* Who has which rank: the accounts' people first, then sergeants who manage, then everybody else. */
static void
appoint (CtlSampleStory *self,
         GRand          *rand)
{
  static const char *const account_ranks[] = { "Sergeant", "HR adviser", "Head of Human Resources", "Detective Constable", "Detective Sergeant", "Superintendent", "Systems administrator" };
  guint                    n_sergeants = MAX (4, self->people->len / 12);

  for (guint i = 0; i < self->people->len; i++)
    {
      CtlSamplePerson *person = g_ptr_array_index (self->people, i);
      gboolean         staff;

      if (i < CTL_SAMPLE_N_ACCOUNTS)
        {
          staff = i == CTL_SAMPLE_HR_OFFICER || i == CTL_SAMPLE_HEAD_OF_HR || i == CTL_SAMPLE_ADMINISTRATOR;
          person->rank = g_strdup (account_ranks[i]);
          person->line_manager = i == CTL_SAMPLE_DECIDER ? NULL : g_strdup ("2006");
        }
      else if (i < CTL_SAMPLE_N_ACCOUNTS + n_sergeants)
        {
          staff = FALSE;
          person->rank = g_strdup ("Sergeant");
          person->line_manager = g_strdup ("2006");
        }
      else
        {
          /* A quarter are managed by the account line-manager, so that it has work but not all of it. */
          guint manager = g_rand_int_range (rand, 0, 4) == 0 ? CTL_SAMPLE_LINE_MANAGER
                                                             : (guint) g_rand_int_range (rand, CTL_SAMPLE_N_ACCOUNTS, CTL_SAMPLE_N_ACCOUNTS + n_sergeants);

          staff = g_rand_int_range (rand, 0, 3) == 0;
          person->rank = g_strdup (staff ? "Police staff" : "Constable");
          person->line_manager = g_strdup (((CtlSamplePerson *) g_ptr_array_index (self->people, manager))->staff_number);
        }
      person->employment_group = g_strdup (staff ? "staff" : "officer");
    }
}

char *
ctl_sample_dup_employer (GRand *rand,
                         guint  trade)
{
  return g_strdup (trades[trade].firms[g_rand_int_range (rand, 0, 4)]);
}

guint
ctl_sample_get_n_trades (void)
{
  return G_N_ELEMENTS (trades);
}

const char *
ctl_sample_get_trade_category (guint trade)
{
  return trades[trade].category;
}

const char *
ctl_sample_get_trade_nature (guint trade)
{
  return trades[trade].nature;
}

static int
compare_jobs (gconstpointer a,
              gconstpointer b)
{
  const CtlSampleJob *first = *(CtlSampleJob *const *) a;
  const CtlSampleJob *second = *(CtlSampleJob *const *) b;

  return (first->received > second->received) - (first->received < second->received);
}

/*
 * Derbyshire: 62 applications since September 2011, 59 of them approved; Durham 76 and 72 (HMIC,
 * Revisiting police relationships, December 2012). The reports do not say what became of the
 * others: here they are refused, withdrawn or not yet decided.
 */
static void
tell_jobs (CtlSampleStory *self,
           GRand          *rand,
           gboolean        durham)
{
  guint  n_jobs = durham ? 76 : 62;
  guint  n_refused = durham ? 2 : 1;
  guint  first = CTL_SAMPLE_N_ACCOUNTS + MAX (4, self->people->len / 12);
  gint64 from = get_day (2011, 9, 5);
  gint64 to = get_day (2012, 10, 26);

  for (guint i = 0; i < n_jobs; i++)
    {
      CtlSampleJob *job = g_new0 (CtlSampleJob, 1);
      guint         trade = g_rand_int_range (rand, 0, G_N_ELEMENTS (trades));

      /* Each applicant once, spread over everybody who is neither account nor sergeant. */
      job->person = first + i * (self->people->len - first) / n_jobs;
      job->employer = ctl_sample_dup_employer (rand, trade);
      job->category = trades[trade].category;
      job->nature = trades[trade].nature;
      job->paid = trades[trade].paid;
      job->weekly_hours = trades[trade].hours + g_rand_int_range (rand, 0, 5) * 0.5;
      job->received = from + (to - from) * i / n_jobs + g_rand_int_range (rand, 0, 4);
      if (i < n_refused)
        job->end = CTL_SAMPLE_REFUSED;
      else if (i == n_refused)
        job->end = CTL_SAMPLE_WITHDRAWN;
      else if (i == n_jobs - 1)
        job->end = CTL_SAMPLE_PENDING;
      else
        job->end = i % 9 == 4 ? CTL_SAMPLE_APPROVED_WITH_CONDITIONS : CTL_SAMPLE_APPROVED;
      g_ptr_array_add (self->jobs, job);
    }
  /* Those not approved do not all stand at the beginning. */
  for (guint i = 0; i <= n_refused; i++)
    {
      CtlSampleJob *here = g_ptr_array_index (self->jobs, i);
      CtlSampleJob *there = g_ptr_array_index (self->jobs, 11 + 17 * i);
      CtlSampleEnd  end = here->end;

      here->end = there->end;
      there->end = end;
    }
  g_ptr_array_sort (self->jobs, compare_jobs);
}

static void
tell_complaints (CtlSampleStory *self,
                 const Force    *force,
                 GRand          *rand)
{
  static const char *const allegations[] = {
    "Incivility",
    "Delay in returning property",
    "Conduct of a search",
    "Inappropriate disclosure of information",
    "Failure to investigate",
    "Use of force",
    "Social media post",
    "Driving off duty",
  };
  static const char *const results[] = { "Service acceptable", "No further action", "Learning identified", "Case to answer, written warning" };

  for (guint i = 0; i < 36; i++)
    {
      CtlSampleComplaint *complaint = g_new0 (CtlSampleComplaint, 1);
      gboolean            of_applicant = i % 3 == 0;
      guint               index = of_applicant ? ((CtlSampleJob *) g_ptr_array_index (self->jobs, (i * 5) % self->jobs->len))->person
                                               : (guint) g_rand_int_range (rand, CTL_SAMPLE_N_ACCOUNTS, self->people->len);
      CtlSamplePerson    *person = g_ptr_array_index (self->people, index);
      gint64              received = get_day (2009, 1, 5) + g_rand_int_range (rand, 0, 960);
      gboolean            open = i % 12 == 5;

      complaint->reference = g_strdup_printf ("%s/%d/%03u", force->prefix, 2009 + (int) ((received - get_day (2009, 1, 1)) / 366), 100 + i);
      complaint->received = dup_day (received);
      complaint->complainant = g_strdup_printf ("%c. %s", 'A' + g_rand_int_range (rand, 0, 26), pick (rand, surnames, G_N_ELEMENTS (surnames)));
      /* Older records often name the officer only by initial and surname. */
      if (i % 4 == 0)
        {
          complaint->subject_name = g_strdup_printf ("%c. %s", *person->forenames, person->surname);
          complaint->date_of_birth = g_strdup (person->date_of_birth);
        }
      else
        {
          complaint->staff_number = g_strdup (person->staff_number);
          complaint->subject_name = g_strdup_printf ("%s %s", person->forenames, person->surname);
        }
      complaint->allegation = g_strdup (pick (rand, allegations, G_N_ELEMENTS (allegations)));
      complaint->status = g_strdup (open ? "open" : "finalised");
      if (!open)
        {
          complaint->finalised = dup_day (received + 20 + g_rand_int_range (rand, 0, 120));
          complaint->result = g_strdup (pick (rand, results, G_N_ELEMENTS (results)));
        }
      g_ptr_array_add (self->complaints, complaint);
    }
}

static void
tell_reports (CtlSampleStory *self,
              GRand          *rand)
{
  static const char *const categories[] = { "disclosure-of-information", "inappropriate-association", "misusing-force-systems", "abuse-of-authority" };
  static const char *const texts[] = {
    "is said to spend off-duty time with a person of interest to the force.",
    "is said to have looked up a neighbour's vehicle on a force system.",
    "is said to be in debt and to have spoken of selling a story.",
    "is said to run a business from home that has not been declared.",
  };

  for (guint i = 0; i < 18; i++)
    {
      CtlSampleReport *report = g_new0 (CtlSampleReport, 1);
      guint            kind = g_rand_int_range (rand, 0, G_N_ELEMENTS (texts));
      guint            index = i % 3 == 0 ? ((CtlSampleJob *) g_ptr_array_index (self->jobs, (i * 7 + 3) % self->jobs->len))->person
                                          : (guint) g_rand_int_range (rand, CTL_SAMPLE_N_ACCOUNTS, self->people->len);
      CtlSamplePerson *person = g_ptr_array_index (self->people, index);

      report->reference = g_strdup_printf ("IR/2011/%04u", 200 + i);
      report->date = dup_day (get_day (2011, 1, 10) + i * 13);
      report->source_evaluation = i % 4 == 0 ? "1" : "2";
      report->information_assessment = (const char *[]) { "A", "B", "C", "D" }[i % 4];
      report->handling_code = i % 3 == 0 ? "C" : "P";
      report->category = g_strdup (categories[kind]);
      report->text = g_strdup_printf ("%s %s %s Told by a colleague at the front desk.", person->forenames, person->surname, texts[kind]);
      report->sanitised_text = g_strdup_printf ("The subject %s", texts[kind]);
      if (i % 2 == 0)
        report->staff_number = g_strdup (person->staff_number);
      report->subject_name = g_strdup_printf ("%s %s", person->forenames, person->surname);
      report->date_of_birth = g_strdup (person->date_of_birth);
      g_ptr_array_add (self->reports, report);
    }
}

CtlSampleStory *
ctl_sample_story_new (const char *force,
                      guint       n_people,
                      guint32     seed)
{
  CtlSampleStory *self = g_new0 (CtlSampleStory, 1);
  gboolean        durham = g_str_equal (force, "durham");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed + (durham ? 1 : 0));

  self->people = g_ptr_array_new_with_free_func (person_free);
  self->jobs = g_ptr_array_new_with_free_func (job_free);
  self->complaints = g_ptr_array_new_with_free_func (complaint_free);
  self->reports = g_ptr_array_new_with_free_func (report_free);

  for (guint i = 0; i < MAX (n_people, 180); i++)
    g_ptr_array_add (self->people, new_person (&forces[durham ? 1 : 0], rand, i));
  appoint (self, rand);
  tell_jobs (self, rand, durham);
  tell_complaints (self, &forces[durham ? 1 : 0], rand);
  tell_reports (self, rand);

  return self;
}

void
ctl_sample_story_free (CtlSampleStory *self)
{
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->complaints);
  g_ptr_array_unref (self->reports);
  g_free (self);
}
