// A web server of POSIX alone, one thread a connection.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "answer.hpp"

static void serve(int connection) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos) {
      const ssize_t count = read(connection, buffer, sizeof buffer);
      if (count <= 0 || text.size() > 65536) break;
      text.append(buffer, static_cast<size_t>(count));
      continue;
    }
    const auto from = text.find(' ');
    const auto to = text.find(' ', from + 1);
    if (from == std::string::npos || to == std::string::npos) break;
    const Answer found = answer(text.substr(from + 1, to - from - 1));
    text.erase(0, end + 4);
    std::this_thread::sleep_for(std::chrono::milliseconds(found.delay_ms));
    const std::string response = "HTTP/1.1 " + std::to_string(found.status) + " X\r\ncontent-length: " +
                                 std::to_string(found.body.size()) + "\r\n\r\n" + found.body;
    if (write(connection, response.data(), response.size()) < 0) break;
  }
  close(connection);
}

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  const char* port = std::getenv("PORT");
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  address.sin_port = htons(static_cast<uint16_t>(port ? std::atoi(port) : 8080));
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listener, 1024) != 0) {
    std::perror("listen");
    return 1;
  }
  std::printf("listening on %d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  for (;;) {
    const int connection = accept(listener, nullptr, nullptr);
    if (connection >= 0) std::thread(serve, connection).detach();
  }
}
