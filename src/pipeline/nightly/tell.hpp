// From events to messages, and from messages to their receivers.
#pragma once

#include "model/news.hpp"
#include "pipeline/nightly/context.hpp"

namespace plotwatch::pipeline::nightly {

// Queues one message a channel, when there is anything to tell since that channel was told last. Cases that became
// overdue and plots that passed the limit without a clear view since then are told once. Message and mark are one
// transaction of the ledger, and the message's id is that of channel, ledger and events: a night that is run again
// queues nothing twice.
void queue_news(Night& night);

// Sends what is due. A message is marked "sending" before and "sent" after; when a night ends in between, the next one
// sends it again under the same id, since nobody knows whether it arrived: webhook receivers and mail programs can tell
// by the id, a chat message says that it may be a repeat, a digest file is written over itself.
void deliver(Night& night);

// Days since the last clear view of each plot, longest first; those never seen count from the first scene.
std::vector<UnseenPlot> unseen_plots(const ledger::Ledger& ledger, const Date& today, int limit_days);

}  // namespace plotwatch::pipeline::nightly
