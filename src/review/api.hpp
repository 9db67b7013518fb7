// What each route does; src/review/openapi.yaml says what goes in and comes out. All throw ApiError.
#pragma once

#include "review/service.hpp"

namespace plotwatch::review {

// api_session.cpp
Response log_in(Service&, const Call&);
Response who_am_i(Service&, const Call&);
Response log_out(Service&, const Call&);
Response change_password(Service&, const Call&);
Response set_up(Service&, const Call&);
// api_accounts.cpp
Response list_accounts(Service&, const Call&);
Response add_account(Service&, const Call&);
Response change_account(Service&, const Call&);
Response list_colleagues(Service&, const Call&);
// api_cases.cpp
Response list_filters(Service&, const Call&);
Response list_cases(Service&, const Call&);
Response list_case_geometry(Service&, const Call&);
Response show_case(Service&, const Call&);
// api_say.cpp
Response judge(Service&, const Call&);
Response undo(Service&, const Call&);
Response agree(Service&, const Call&);
Response assign(Service&, const Call&);
Response annotate(Service&, const Call&);
Response close_case(Service&, const Call&);
Response reopen(Service&, const Call&);
Response penalise(Service&, const Call&);
Response remedy(Service&, const Call&);
// api_photos.cpp
Response add_photo(Service&, const Call&);
Response show_photo(Service&, const Call&);
// api_plots.cpp
Response list_plots(Service&, const Call&);
Response list_observations(Service&, const Call&);
// api_files.cpp
Response scan_file(Service&, const Call&);
Response scan_chip(Service&, const Call&);
// api_exchange.cpp
Response export_cases(Service&, const Call&);
Response check_import(Service&, const Call&);
Response write_import(Service&, const Call&);
// api_figures.cpp
Response list_advice(Service&, const Call&);
Response answer_advice(Service&, const Call&);
Response show_stats(Service&, const Call&);
Response list_audit(Service&, const Call&);
Response health(Service&, const Call&);
Response openapi(Service&, const Call&);

}  // namespace plotwatch::review
