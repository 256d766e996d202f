// SPDX-License-Identifier: MIT
// The built-in project: a product to store and share files. The taxonomy is
// C++, the objects around it are JSON as PostHog's REST API shows them. All
// names, addresses and numbers are invented.
#include <utility>

#include "demo/project.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

PropertySpec words(std::string name, std::vector<json::Value> values,
                   std::string by = {}) {
  return {.name = std::move(name),
          .type = "String",
          .values = std::move(values),
          .by = std::move(by)};
}

PropertySpec numbers(std::string name, std::vector<json::Value> values,
                     std::string by = {}) {
  return {.name = std::move(name),
          .type = "Numeric",
          .values = std::move(values),
          .by = std::move(by)};
}

PropertySpec plan() {
  return words("plan", {"free", "starter", "pro", "business"});
}

// What the browser's library adds to every event, then the event's own.
std::vector<PropertySpec> web(std::vector<PropertySpec> own = {}) {
  std::vector<PropertySpec> all = {
      words("$browser",
            {"Chrome", "Safari", "Mobile Safari", "Firefox", "Microsoft Edge"}),
      words("$os", {"Windows", "Mac OS X", "iOS", "Android", "Linux"}),
      words("$device_type", {"Desktop", "Mobile", "Tablet"}),
      words("$geoip_country_code",
            {"US", "DE", "GB", "FR", "IN", "BR", "CA", "NL"}),
      words("$current_url",
            {"https://app.hogshare.example/files", "https://hogshare.example/",
             "https://hogshare.example/pricing",
             "https://hogshare.example/signup",
             "https://app.hogshare.example/settings",
             "https://app.hogshare.example/team"}),
      words("$session_id", {}),
      words("$referring_domain",
            {"$direct", "www.google.com", "news.ycombinator.com", "github.com",
             "www.linkedin.com"})};
  for (auto& property : own)
    all.push_back(std::move(property));
  return all;
}

std::vector<PropertySpec> file_properties() {
  return web({words("file_type", {"pdf", "png", "docx", "csv", "mp4", "zip"}),
              numbers("file_size_kb", {340, 1200, 96, 4800, 22000, 150000}),
              plan()});
}

std::vector<EventSpec> web_events() {
  return {
      {.name = "$pageview",
       .volume_30d = 14200,
       .description = "A page was opened",
       .properties = web()},
      {.name = "$identify",
       .volume_30d = 1500,
       .description = "A visitor became a known person",
       .properties = web(),
       .needs = "signed_up"},
      {.name = "$rageclick",
       .volume_30d = 420,
       .description = "Several quick clicks on the same place",
       .properties = web()},
      {.name = "$feature_flag_called",
       .volume_30d = 1900,
       .description = "The code asked for a feature flag",
       .properties = web(
           {words("$feature_flag", {}), words("$feature_flag_response", {})})},
      {.name = "$exception",
       .volume_30d = 640,
       .description = "An error was thrown in the browser",
       .properties =
           web({words("$exception_types", {}), words("$exception_values", {}),
                words("$exception_issue_id", {})})},
  };
}

std::vector<EventSpec> product_events() {
  return {
      {.name = "signed_up",
       .volume_30d = 450,
       .description = "An account was created",
       .properties =
           web({words("signup_method", {"email", "google", "github"}), plan()}),
       .share = 0.42},
      {.name = "logged_in",
       .volume_30d = 2600,
       .description = "A person logged in",
       .properties =
           web({words("login_method", {"password", "google", "github"})}),
       .needs = "signed_up"},
      {.name = "uploaded_file",
       .volume_30d = 5200,
       .description = "A file was uploaded",
       .properties = file_properties(),
       .needs = "signed_up"},
      {.name = "downloaded_file",
       .volume_30d = 3900,
       .description = "A file was downloaded",
       .properties = file_properties(),
       .needs = "uploaded_file"},
      {.name = "shared_file_link",
       .volume_30d = 2300,
       .description = "A link to a file was made for somebody else",
       .properties =
           web({words("link_visibility", {"anyone", "team", "password"}),
                words("file_type", {"pdf", "png", "docx", "csv", "mp4", "zip"}),
                plan()}),
       .needs = "uploaded_file"},
      {.name = "deleted_file",
       .volume_30d = 1100,
       .description = "A file was deleted",
       .properties = file_properties(),
       .needs = "uploaded_file"},
      {.name = "invited_team_member",
       .volume_30d = 520,
       .description = "Somebody was invited to a team",
       .properties =
           web({words("role", {"member", "viewer", "admin"}), plan()}),
       .needs = "shared_file_link"},
  };
}

std::vector<EventSpec> billing_events() {
  const PropertySpec paid_plan = words("plan", {"starter", "pro", "business"});
  return {
      {.name = "upgraded_plan",
       .volume_30d = 70,
       .description = "A person moved to a paid plan",
       .properties = web({plan()}),
       .needs = "uploaded_file",
       .share = 0.24,
       .sets = {paid_plan}},
      {.name = "downgraded_plan",
       .volume_30d = 8,
       .description = "A person went back to the free plan",
       .properties = web(
           {words("reason", {"price", "missing feature", "project ended"})}),
       .needs = "upgraded_plan",
       .share = 0.1,
       .sets = {words("plan", {"free"})}},
      {.name = "paid_bill",
       .volume_30d = 210,
       .description = "A monthly bill was paid",
       .properties = {plan(), numbers("amount_usd", {0, 12, 29, 99}, "plan"),
                      words("currency", {"USD"})},
       .needs = "upgraded_plan",
       .every_days = 30,
       .until = "downgraded_plan"},
  };
}

constexpr std::string_view flags = R"json([
{"id":201,"key":"new-pricing","name":"New pricing page","active":true,"status":"ACTIVE","tags":["growth","billing"],"version":7,
 "created_at":"2026-05-04T09:12:00Z","updated_at":"2026-09-21T14:30:00Z",
 "filters":{"groups":[{"properties":[{"key":"plan","type":"person","operator":"exact","value":["free"]}],"rollout_percentage":25,"variant":null},
  {"properties":[{"key":"email","type":"person","operator":"icontains","value":"@hogshare.example"}],"rollout_percentage":100,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":202,"key":"fast-uploads","name":"Parallel uploads","active":true,"status":"ACTIVE","tags":["files"],"version":3,
 "created_at":"2026-03-16T08:00:00Z","updated_at":"2026-06-02T10:05:00Z",
 "filters":{"groups":[{"properties":[],"rollout_percentage":100,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":203,"key":"dark-mode","name":"Dark mode","active":true,"status":"STALE","tags":["design"],"version":2,
 "created_at":"2025-11-20T11:45:00Z","updated_at":"2026-01-15T16:20:00Z",
 "filters":{"groups":[{"properties":[],"rollout_percentage":100,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":204,"key":"link-expiry","name":"Share links that expire","active":true,"status":"ACTIVE","tags":["files","security"],"version":5,
 "created_at":"2026-06-22T13:10:00Z","updated_at":"2026-08-30T09:40:00Z",
 "filters":{"groups":[{"properties":[],"rollout_percentage":100,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":205,"key":"onboarding-checklist","name":"Onboarding checklist","active":true,"status":"ACTIVE","tags":["growth"],"version":4,
 "created_at":"2026-07-06T07:30:00Z","updated_at":"2026-09-28T12:00:00Z",
 "filters":{"groups":[{"properties":[],"rollout_percentage":100,"variant":null}],
  "multivariate":{"variants":[{"key":"control","name":"No checklist","rollout_percentage":50},{"key":"short","name":"Three steps","rollout_percentage":25},{"key":"long","name":"Six steps","rollout_percentage":25}]},"payloads":{}}},
{"id":209,"key":"guided-upload","name":"Guided first upload","active":true,"status":"ACTIVE","tags":["growth"],"version":2,
 "created_at":"2025-11-03T09:00:00Z","updated_at":"2026-08-17T11:10:00Z",
 "helps":{"event":"uploaded_file","share":0.3},
 "filters":{"groups":[{"properties":[],"rollout_percentage":40,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":206,"key":"team-spaces","name":"Shared spaces for teams","active":true,"status":"ACTIVE","tags":["beta"],"version":9,
 "created_at":"2026-08-10T15:00:00Z","updated_at":"2026-09-30T08:15:00Z",
 "filters":{"groups":[{"properties":[{"key":"company_size","type":"person","operator":"exact","value":["51-200","201-1000","1000+"]}],"rollout_percentage":60,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":207,"key":"video-preview","name":"Preview of videos","active":true,"status":"ACTIVE","tags":["files"],"version":1,
 "created_at":"2026-09-14T10:20:00Z","updated_at":"2026-09-14T10:20:00Z",
 "filters":{"groups":[{"properties":[],"rollout_percentage":10,"variant":null}],"multivariate":null,"payloads":{}}},
{"id":208,"key":"legacy-editor","name":"Old text editor","active":false,"status":"INACTIVE","tags":[],"version":6,
 "created_at":"2025-10-08T09:00:00Z","updated_at":"2026-04-19T17:55:00Z",
 "filters":{"groups":[{"properties":[],"rollout_percentage":0,"variant":null}],"multivariate":null,"payloads":{}}}
])json";

constexpr std::string_view cohorts = R"json([
{"id":1,"name":"Paying users","description":"On a paid plan","is_static":false,"created_at":"2026-02-02T10:00:00Z",
 "filters":{"properties":{"type":"OR","values":[{"type":"AND","values":[
  {"type":"person","key":"plan","operator":"exact","value":["starter","pro","business"]}]}]}}},
{"id":2,"name":"Power users","description":"Uploaded five or more files in the last 30 days","is_static":false,"created_at":"2026-02-09T10:00:00Z",
 "filters":{"properties":{"type":"OR","values":[{"type":"AND","values":[
  {"type":"behavioral","value":"performed_event_multiple","key":"uploaded_file","event_type":"events","operator":"gte","operator_value":5,"time_value":30,"time_interval":"day"}]}]}}},
{"id":3,"name":"Trial accounts","description":"On the free plan, signed up in the last 14 days","is_static":false,"created_at":"2026-03-01T10:00:00Z",
 "filters":{"properties":{"type":"OR","values":[{"type":"AND","values":[
  {"type":"person","key":"plan","operator":"exact","value":["free"]},
  {"type":"behavioral","value":"performed_event","key":"signed_up","event_type":"events","time_value":14,"time_interval":"day"}]}]}}},
{"id":4,"name":"Big companies","description":"Work at a company with more than 200 people","is_static":false,"created_at":"2026-04-13T10:00:00Z",
 "filters":{"properties":{"type":"OR","values":[{"type":"AND","values":[
  {"type":"person","key":"company_size","operator":"exact","value":["201-1000","1000+"]}]}]}}},
{"id":5,"name":"Beta testers","description":"Volunteers, added by hand","is_static":true,"count":40,"created_at":"2026-05-25T10:00:00Z"}
])json";

constexpr std::string_view insights = R"json([
{"id":301,"short_id":"sgnUpDay","name":"Signups by day","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"day","series":[{"kind":"EventsNode","event":"signed_up","math":"total"}],"dateRange":{"date_from":"-30d"}}}},
{"id":302,"short_id":"actFunn1","name":"From signup to the first shared link","description":"","query":{"kind":"InsightVizNode","source":{"kind":"FunnelsQuery","series":[{"kind":"EventsNode","event":"signed_up"},{"kind":"EventsNode","event":"uploaded_file"},{"kind":"EventsNode","event":"shared_file_link"}],"dateRange":{"date_from":"-30d"},"funnelsFilter":{"funnelWindowInterval":14,"funnelWindowIntervalUnit":"day"}}}},
{"id":303,"short_id":"upByType","name":"Uploads by file type","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"day","series":[{"kind":"EventsNode","event":"uploaded_file","math":"total"}],"dateRange":{"date_from":"-30d"},"breakdownFilter":{"breakdowns":[{"property":"file_type","type":"event"}]}}}},
{"id":304,"short_id":"dauTrend","name":"Daily active users","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"day","series":[{"kind":"EventsNode","event":null,"math":"dau"}],"dateRange":{"date_from":"-30d"}}}},
{"id":305,"short_id":"wkSignup","name":"Signups by week","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"week","series":[{"kind":"EventsNode","event":"signed_up","math":"total"}],"dateRange":{"date_from":"-90d"}}}},
{"id":306,"short_id":"revWeek1","name":"Revenue by week","description":"Sum of paid bills in US dollars","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"week","series":[{"kind":"EventsNode","event":"paid_bill","math":"sum","math_property":"amount_usd"}],"dateRange":{"date_from":"-90d"}}}},
{"id":307,"short_id":"planMove","name":"Upgrades and downgrades","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"week","series":[{"kind":"EventsNode","event":"upgraded_plan","math":"total"},{"kind":"EventsNode","event":"downgraded_plan","math":"total"}],"dateRange":{"date_from":"-90d"}}}},
{"id":308,"short_id":"errByDay","name":"Exceptions by day","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"day","series":[{"kind":"EventsNode","event":"$exception","math":"total"}],"dateRange":{"date_from":"-14d"}}}},
{"id":309,"short_id":"rageByOs","name":"Rage clicks by operating system","description":"","query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","interval":"day","series":[{"kind":"EventsNode","event":"$rageclick","math":"total"}],"dateRange":{"date_from":"-14d"},"breakdownFilter":{"breakdowns":[{"property":"$os","type":"event"}]}}}},
{"id":310,"short_id":"rtnWeeks","name":"Weekly retention of new accounts","description":"Who comes back to a file after signing up","tags":["growth"],"created_at":"2026-04-06T09:00:00Z","query":{"kind":"InsightVizNode","source":{"kind":"RetentionQuery","dateRange":{"date_from":"-8w"},"retentionFilter":{"period":"Week","totalIntervals":8,"retentionType":"retention_first_time","targetEntity":{"id":"signed_up","name":"signed_up","type":"events"},"returningEntity":{"id":"uploaded_file","name":"uploaded_file","type":"events"}}}}},
{"id":311,"short_id":"lifeWeek","name":"New, returning and lost uploaders","description":"","created_at":"2026-04-06T09:05:00Z","query":{"kind":"InsightVizNode","source":{"kind":"LifecycleQuery","interval":"week","series":[{"kind":"EventsNode","event":"uploaded_file"}],"dateRange":{"date_from":"-8w"}}}},
{"id":312,"short_id":"stickUpl","name":"Days with uploads","description":"On how many of the last 14 days people upload","created_at":"2026-04-20T09:00:00Z","query":{"kind":"InsightVizNode","source":{"kind":"StickinessQuery","interval":"day","series":[{"kind":"EventsNode","event":"uploaded_file"}],"dateRange":{"date_from":"-14d"}}}},
{"id":313,"short_id":"pathSign","name":"What people do after signing up","description":"","tags":["growth"],"created_at":"2026-05-11T09:00:00Z","query":{"kind":"InsightVizNode","source":{"kind":"PathsQuery","dateRange":{"date_from":"-30d"},"pathsFilter":{"startPoint":"signed_up","includeEventTypes":["custom_event"],"stepLimit":4,"edgeLimit":30}}}},
{"id":314,"short_id":"topShare","name":"People who shared most","description":"SQL over the last 30 days","created_at":"2026-06-15T09:00:00Z","query":{"kind":"DataVisualizationNode","source":{"kind":"HogQLQuery","query":"SELECT distinct_id, count() AS links FROM events WHERE event = 'shared_file_link' AND timestamp > now() - INTERVAL 30 DAY GROUP BY distinct_id ORDER BY links DESC, distinct_id LIMIT 10"}}}
])json";

constexpr std::string_view dashboards = R"json([
{"id":11,"name":"Activation","description":"How new accounts reach their first shared file","pinned":true,"created_at":"2026-02-03T09:00:00Z","tags":["growth"],"tiles":["sgnUpDay","actFunn1","upByType"]},
{"id":12,"name":"Growth overview","description":"Active users, signups and revenue","pinned":true,"created_at":"2026-02-05T09:00:00Z","tags":["growth","weekly"],"tiles":["dauTrend","wkSignup","revWeek1"]},
{"id":13,"name":"Billing","description":"Plans and payments","pinned":false,"created_at":"2026-03-12T09:00:00Z","tags":["billing"],"tiles":["revWeek1","planMove"]},
{"id":14,"name":"Product health","description":"What breaks and where people get angry","pinned":false,"created_at":"2026-04-21T09:00:00Z","tags":[],"tiles":["errByDay","rageByOs"]}
])json";

constexpr std::string_view persons = R"json([
{"id":"0190a1f0-0000-7000-8000-000000000001","distinct_ids":["p_001","ada@lighthouse.example"],"properties":{"email":"ada@lighthouse.example","name":"Ada Okafor","plan":"pro","company":"Lighthouse","company_size":"51-200","job_role":"operations"}},
{"id":"0190a1f0-0000-7000-8000-000000000002","distinct_ids":["p_002"],"properties":{"email":"bruno@northpier.example","name":"Bruno Keller","plan":"free","company":"North Pier","company_size":"1-10","job_role":"design"}},
{"id":"0190a1f0-0000-7000-8000-000000000003","distinct_ids":["p_003"],"properties":{"email":"chiara@millstone.example","name":"Chiara Rossi","plan":"business","company":"Millstone","company_size":"201-1000","job_role":"engineering"}},
{"id":"0190a1f0-0000-7000-8000-000000000004","distinct_ids":["p_004"],"properties":{"email":"deniz@quarry.example","name":"Deniz Aydin","plan":"free","company":"Quarry","company_size":"11-50","job_role":"marketing"}},
{"id":"0190a1f0-0000-7000-8000-000000000005","distinct_ids":["p_005"],"properties":{"email":"emeka@saltworks.example","name":"Emeka Obi","plan":"starter","company":"Saltworks","company_size":"11-50","job_role":"finance"}}
])json";

constexpr std::string_view error_issues = R"json([
{"id":"0192e000-0000-7000-8000-000000000001","name":"TypeError","description":"Cannot read properties of undefined (reading 'size')","status":"active","source":"files/list.tsx","weight":9,"first_seen_days_ago":5},
{"id":"0192e000-0000-7000-8000-000000000002","name":"NetworkError","description":"Failed to fetch","status":"active","source":"api/client.ts","weight":14},
{"id":"0192e000-0000-7000-8000-000000000003","name":"UploadAborted","description":"Upload stopped after 3 retries","status":"active","source":"files/upload.ts","weight":8},
{"id":"0192e000-0000-7000-8000-000000000004","name":"ChunkLoadError","description":"Loading chunk 42 failed","status":"active","source":"app/router.tsx","weight":5},
{"id":"0192e000-0000-7000-8000-000000000005","name":"RangeError","description":"Invalid array length","status":"active","source":"files/preview.tsx","weight":2},
{"id":"0192e000-0000-7000-8000-000000000006","name":"QuotaExceededError","description":"The quota has been exceeded","status":"active","source":"files/cache.ts","weight":3},
{"id":"0192e000-0000-7000-8000-000000000007","name":"SyntaxError","description":"Unexpected end of JSON input","status":"active","source":"api/client.ts","weight":2},
{"id":"0192e000-0000-7000-8000-000000000008","name":"TypeError","description":"link.expires is not a function","status":"resolved","source":"share/link.ts","weight":6,"last_seen_days_ago":24},
{"id":"0192e000-0000-7000-8000-000000000009","name":"AbortError","description":"The user aborted a request","status":"suppressed","source":"api/client.ts","weight":4},
{"id":"0192e000-0000-7000-8000-000000000010","name":"SecurityError","description":"Blocked a frame from accessing another frame","status":"active","source":"share/embed.tsx","weight":1}
])json";

constexpr std::string_view docs = R"json([
{"title":"Creating feature flags","url":"https://posthog.com/docs/feature-flags/creating-feature-flags",
 "text":"To set up a feature flag, open Feature flags in the sidebar and choose New feature flag. Give it a key: that is the name your code asks for, so pick one that will not change.\n\nThen say who gets it. A release condition has property filters (for example plan is free) and a rollout percentage; a person who matches any condition gets the flag. Leave the filters empty and set 100% to release to everyone. For an experiment choose several variants with a share for each.\n\nIn your code, ask the library whether the flag is enabled for the current person, and keep the old behaviour as the fallback. Test with your own account by overriding the flag in the toolbar before you raise the rollout."},
{"title":"Cohorts","url":"https://posthog.com/docs/data/cohorts",
 "text":"A cohort is a named group of persons. A dynamic cohort is kept up to date: it matches by person properties, or, as a behavioral cohort, by what people did: pick an event, how often it must have happened and in which period. A static cohort is a list that does not change on its own, such as an uploaded CSV file.\n\nTo create one, open People, then Cohorts, choose New cohort and add criteria. Cohorts can be used as filters in insights, in session replay and as a release condition of a feature flag."},
{"title":"Funnels","url":"https://posthog.com/docs/product-analytics/funnels",
 "text":"A funnel shows how many people go through a series of steps and where they drop off. Each step is an event, optionally with filters. The conversion window says how much time a person has to complete all steps after the first one; 14 days is the default. The steps can be counted in order, in strict order without other events in between, or in any order. Break the funnel down by a property to compare groups."},
{"title":"Trends","url":"https://posthog.com/docs/product-analytics/trends/overview",
 "text":"Trends plot events over time. Choose one or more series, how each is counted (total count, unique users, weekly active users, or the sum, average or percentile of a numeric property), an interval and a date range. A breakdown splits a series by the values of a property, a formula combines series, and comparing with the previous period shows the change."},
{"title":"Session replay","url":"https://posthog.com/docs/session-replay",
 "text":"Session replay records what people see and do on your site or in your app, with console output and network requests beside it. Filter recordings by person, cohort, event, duration or number of errors to find the ones worth watching. Recording can be limited to a share of sessions, and inputs are masked by default."},
{"title":"SQL access","url":"https://posthog.com/docs/sql",
 "text":"With SQL you can query events, persons and sessions directly. Properties are read with a dot, for example properties.$browser or person.properties.email. Filter by timestamp whenever you can: it makes queries much faster. Results without a LIMIT are cut at 100 rows."},
{"title":"Error tracking","url":"https://posthog.com/docs/error-tracking",
 "text":"Exceptions are captured as events and grouped into issues by their type, message and stack trace. The list of issues shows how often each one occurred, how many people and sessions it touched, and when it was first and last seen. Issues can be assigned, resolved or suppressed, and merged when two of them have the same cause."}
])json";

// The texts above are constants; a test reads each of them.
json::Array objects(std::string_view text) {
  const auto value = json::parse(text);
  return value ? value->items() : json::Array();
}

}  // namespace

Project default_project() {
  Project project;
  project.name = "HogShare";
  project.description = "A product to store and share files; invented data";
  project.events = web_events();
  for (auto& event : product_events())
    project.events.push_back(event);
  for (auto& event : billing_events())
    project.events.push_back(event);
  project.person_properties = {
      words("email", {}),
      words("name", {}),
      plan(),
      words("company", {"Lighthouse", "North Pier", "Millstone", "Quarry",
                        "Saltworks", "Brightloom", "Fernway", "Oakfield"}),
      words("company_size", {"11-50", "1-10", "51-200", "201-1000", "1000+"}),
      words("job_role",
            {"engineering", "operations", "design", "marketing", "finance"}),
      {.name = "created_at", .type = "DateTime"}};
  project.flags = objects(flags);
  project.cohorts = objects(cohorts);
  project.dashboards = objects(dashboards);
  project.insights = objects(insights);
  project.persons = objects(persons);
  project.error_issues = objects(error_issues);
  project.docs = objects(docs);
  return project;
}

}  // namespace claribi::demo
