// What the review keeps in a ledger: accounts, sessions, photos, and the events of all of it.
#include "ledger/accounts.hpp"

#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::ledger {
namespace {

const Stamp stamp{"2026-11-23T21:05:00Z", "wang"};

class ReviewStoreTest : public testing::Test {
 protected:
  ReviewStoreTest()
      : where_(folder_.file("l.gpkg")),
        ledger_(Ledger::create(where_, {io::crs_from_user_input("EPSG:4527"), "大兴", {}}, stamp)),
        store_(ReviewStore::open(where_, Access::write)) {}

  Account inspector() const {
    Account a;
    a.name = "李";
    a.display_name = "李 <b>";
    a.role = Role::inspector;
    a.unit = "黄村镇";
    a.password_hash = "$argon2id$secret";
    a.created_at = stamp.at;
    return a;
  }

  test::TemporaryFolder folder_;
  std::string where_;
  Ledger ledger_;
  ReviewStore store_;
};

TEST_F(ReviewStoreTest, KeepsAccountsAndTellsOfThemInTheChainWithoutTheHash) {
  EXPECT_TRUE(store_.accounts().empty());
  EXPECT_TRUE(store_.add_account(inspector(), "account_added", stamp));
  EXPECT_FALSE(store_.add_account(inspector(), "account_added", stamp)) << "the name is taken";
  Account changed = *store_.find_account("李");
  EXPECT_EQ(changed.display_name, "李 <b>");
  EXPECT_EQ(changed.role, Role::inspector);
  EXPECT_EQ(changed.unit, "黄村镇");
  changed.disabled = true;
  store_.change_account(changed, "account_changed", R"({"disabled":true})", stamp);
  EXPECT_TRUE(store_.find_account("李")->disabled);
  EXPECT_FALSE(store_.find_account("nobody"));
  const auto events = ledger_.events("李");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].kind, "account_added");
  EXPECT_EQ(events[1].stamp.actor, "wang");
  for (const LedgerEvent& e : events) EXPECT_EQ(e.payload.find("argon2"), std::string::npos);
  EXPECT_TRUE(ledger_.verify().empty());
}

TEST_F(ReviewStoreTest, KeepsSessionsUntilTheyEnd) {
  store_.add_account(inspector(), "account_added", stamp);
  for (const char* token : {"a", "b", "c"})
    store_.logged_in("李", {token, "李", "csrf", stamp.at, std::string("2026-11-24T0") + token[0] + "Z"}, "{}", stamp);
  EXPECT_EQ(store_.find_account("李")->last_login_at, stamp.at);
  EXPECT_EQ(store_.find_session("a")->csrf, "csrf");
  store_.end_session("a");
  EXPECT_FALSE(store_.find_session("a"));
  store_.forget_sessions_before("2026-11-24T0cZ");
  EXPECT_FALSE(store_.find_session("b"));
  EXPECT_TRUE(store_.find_session("c"));
  store_.end_sessions_of("李", "c");
  EXPECT_TRUE(store_.find_session("c"));
  store_.end_sessions_of("李");
  EXPECT_FALSE(store_.find_session("c"));
}

TEST_F(ReviewStoreTest, KeepsThePhotosOfCasesOnce) {
  const Photo photo{"abc", "image/png", std::string("\0\1PNG", 5)};
  store_.add_photo(photo, "case-1", R"({"sha256":"abc"})", stamp);
  store_.add_photo(photo, "case-2", R"({"sha256":"abc"})", stamp);
  EXPECT_EQ(store_.find_photo("abc")->bytes, photo.bytes);
  EXPECT_EQ(store_.cases_of_photo("abc"), (std::vector<std::string>{"case-1", "case-2"}));
  EXPECT_FALSE(store_.find_photo("abd"));
  EXPECT_EQ(store_.events_of_kind("photo_added").size(), 2u);
}

TEST_F(ReviewStoreTest, ACopyOfTheLedgerHasAllOfIt) {
  store_.add_account(inspector(), "account_added", stamp);
  store_.add_photo({"abc", "image/png", "x"}, "case-1", "{}", stamp);
  ledger_.copy_to(folder_.file("copy.gpkg"));
  const ReviewStore copy = ReviewStore::open(folder_.file("copy.gpkg"), Access::read);
  EXPECT_TRUE(copy.find_account("李"));
  EXPECT_TRUE(copy.find_photo("abc"));
  EXPECT_EQ(copy.newest_events(0, 1).at(0).kind, "photo_added");
  EXPECT_EQ(copy.newest_events(1, 10).at(0).kind, "account_added");
}

TEST_F(ReviewStoreTest, TellsTheLastEventOfEachSubject) {
  store_.record("review_exported", "x", "{}", stamp);
  const std::int64_t last = store_.record("review_exported", "x", "{}", stamp);
  EXPECT_EQ(ledger_.last_event("x"), last);
  EXPECT_EQ(ledger_.last_event("y"), 0);
  bool found = false;
  for (const auto& [subject, sequence] : store_.last_events()) found |= subject == "x" && sequence == last;
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace plotwatch::ledger
