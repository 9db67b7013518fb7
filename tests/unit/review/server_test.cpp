#include "review/http/server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::review {
namespace {

using namespace std::chrono_literals;

// A client that sends what no library would.
class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool send(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t n = ::send(socket_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (n <= 0) return false;
      at += static_cast<std::size_t>(n);
    }
    return connected_;
  }
  // Until the server closes, or `enough` is in it where it is something.
  std::string receive(const std::string& enough = "") {
    std::string out;
    char block[65536];
    while (enough.empty() || out.find(enough) == std::string::npos) {
      const ssize_t n = ::recv(socket_, block, sizeof block, 0);
      if (n <= 0) break;
      out.append(block, static_cast<std::size_t>(n));
    }
    return out;
  }
  std::string ask(const std::string& bytes) {
    send(bytes);
    return receive();
  }

 private:
  int socket_;
  bool connected_ = false;
};

std::string status(const std::string& answer) { return answer.substr(0, 12); }
std::string body(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  return at == std::string::npos ? "" : answer.substr(at + 4);
}

class ServerTest : public testing::Test {
 protected:
  void start(ServerLimits limits = {}, std::function<Response(const Request&)> handle = {}) {
    ServerSettings settings;
    settings.port = 0;
    settings.workers = 2;
    settings.limits = limits;
    Handler handler;
    handler.admit = [](const Request& head) -> Handler::Admission {
      if (head.path != "/refused") return {1000, std::nullopt};
      Response no;
      no.status = 401;
      no.content_type = "text/plain";
      no.body = "no";
      return {0, no};
    };
    handler.handle = handle ? handle : [this](const Request& request) {
      ++handled_;
      Response out;
      out.content_type = "text/plain";
      out.body = request.method + " " + request.path + " " + request.body;
      if (request.path == "/throws") throw std::runtime_error("a secret path");
      return out;
    };
    server_ = std::make_unique<Server>(settings, handler);
    thread_ = std::thread([this] { server_->run(); });
  }
  void TearDown() override {
    if (!server_) return;
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }
  int port() { return server_->port(); }

  std::atomic<int> handled_ = 0;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

TEST_F(ServerTest, AnswersSeveralRequestsOnOneConnection) {
  start();
  Client client(port());
  client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(body(client.receive("GET /a ")), "GET /a ");
  client.send(
      "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /c HTTP/1.1\r\nConnection: close\r\n\r\n");
  const std::string rest = client.receive();
  EXPECT_NE(rest.find("POST /b abc"), std::string::npos);
  EXPECT_NE(rest.find("GET /c "), std::string::npos);
}

TEST_F(ServerTest, AnswersHeadWithTheLengthAndWithoutBody) {
  start();
  Client client(port());
  const std::string answer = client.ask("HEAD /a HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status(answer), "HTTP/1.1 200");
  EXPECT_NE(answer.find("Content-Length: 8\r\n"), std::string::npos) << answer;
  EXPECT_EQ(body(answer), "");
}

TEST_F(ServerTest, TakesChunkedBodiesUpToTheLimit) {
  start();
  Client client(port());
  EXPECT_EQ(body(client.ask("POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                            "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")),
            "POST /b abcde");
  Client greedy(port());
  EXPECT_EQ(status(greedy.ask("POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'x') +
                              "\r\n0\r\n\r\n")),
            "HTTP/1.1 413");
}

TEST_F(ServerTest, RefusesWhatIsTooLongBeforeItIsRead) {
  start();
  Client long_body(port());
  EXPECT_EQ(status(long_body.ask("POST /b HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")), "HTTP/1.1 413");
  Client long_head(port());
  EXPECT_EQ(status(long_head.ask("GET /a HTTP/1.1\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n")), "HTTP/1.1 431");
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, LetsARefusedClientReadWhy) {
  start();
  Client client(port());
  const std::string answer =
      client.ask("POST /refused HTTP/1.1\r\nContent-Length: 900000\r\n\r\n" + std::string(900'000, 'x'));
  EXPECT_EQ(status(answer), "HTTP/1.1 401");
  EXPECT_EQ(body(answer), "no");
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, RefusesWhatIsNoRequest) {
  start();
  for (const char* text : {"hello\r\n\r\n", "GET /a HTTP/9.9\r\n\r\n", "GET /../etc/passwd HTTP/1.1\r\n\r\n",
                           "GET http://other/ HTTP/1.1\r\nConnection: close\r\n\r\n",
                           "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
    Client client(port());
    EXPECT_EQ(status(client.ask(text)), "HTTP/1.1 400") << text;
  }
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, TellsNothingOfWhatFailed) {
  start();
  Client client(port());
  const std::string answer = client.ask("GET /throws HTTP/1.1\r\n\r\n");
  EXPECT_EQ(status(answer), "HTTP/1.1 500");
  EXPECT_EQ(answer.find("secret"), std::string::npos);
}

TEST_F(ServerTest, SlowClientsHoldNobodyUpAndAreLeftBehind) {
  ServerLimits limits;
  limits.head = 300ms;
  limits.body = 300ms;
  start(limits);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(std::make_unique<Client>(port()));
    slow.back()->send(i % 2 ? "GET /slow HT" : "POST /slow HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  }
  Client quick(port());
  EXPECT_EQ(status(quick.ask("GET /quick HTTP/1.1\r\nConnection: close\r\n\r\n")), "HTTP/1.1 200");
  for (const auto& client : slow) EXPECT_EQ(client->receive(), "") << "closed without an answer";
  EXPECT_EQ(handled_, 1);
}

TEST_F(ServerTest, BoundsConnectionsFromOneAddress) {
  ServerLimits limits;
  limits.connections_of_one = 3;
  start(limits);
  std::vector<std::unique_ptr<Client>> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(std::make_unique<Client>(port()));
    held.back()->send("GET /a HTTP/1.1\r\n\r\n");
    EXPECT_NE(held.back()->receive("GET /a"), "");
  }
  Client more(port());
  EXPECT_EQ(more.ask("GET /a HTTP/1.1\r\n\r\n"), "");
}

TEST_F(ServerTest, SendsPartsOfFilesAsTheyLie) {
  test::TemporaryFolder folder;
  std::string bytes;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) bytes += static_cast<char>(i * 7919U >> 3);  // wraps around
  std::ofstream(folder.file("f"), std::ios::binary) << bytes;
  start({}, [&](const Request&) {
    Response out;
    out.status = 206;
    out.content_type = "image/tiff";
    out.file = FilePart{folder.file("f"), 1000, 700'000};
    return out;
  });
  Client client(port());
  EXPECT_TRUE(body(client.ask("GET /f HTTP/1.1\r\nConnection: close\r\n\r\n")) == bytes.substr(1000, 700'000));
}

TEST_F(ServerTest, StopsAfterTheAnswersThatAreOnTheirWay) {
  std::atomic<bool> begun = false;
  start({}, [&](const Request&) {
    begun = true;
    std::this_thread::sleep_for(300ms);
    Response out;
    out.content_type = "text/plain";
    out.body = "whole";
    return out;
  });
  Client client(port());
  client.send("GET /a HTTP/1.1\r\n\r\n");
  while (!begun) std::this_thread::sleep_for(5ms);
  server_->stop();
  thread_.join();
  EXPECT_EQ(body(client.receive()), "whole");
}

TEST(ServerAddress, ThatIsNoneOrTakenIsTold) {
  ServerSettings settings;
  settings.address = "nowhere";
  EXPECT_THROW(Server(settings, {}), Error);
  settings.address = "127.0.0.1";
  settings.port = 0;
  const Server first(settings, {});
  settings.port = first.port();
  try {
    const Server second(settings, {});
    FAIL() << "both listen";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::output);
    EXPECT_NE(std::string(e.what()).find(std::to_string(settings.port)), std::string::npos);
  }
}

}  // namespace
}  // namespace plotwatch::review
