// A client that does what it is told, one JSON object a line, and says what it hears likewise.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const [url, auth, transport] = process.argv.slice(2);
const options = { auth: JSON.parse(auth), reconnection: false };
const socket = io(url, transport === "default" ? options : { ...options, transports: ["websocket"] });

const say = (event, data) => process.stdout.write(`${JSON.stringify({ event, data })}\n`);

socket.on("connect", () => say("connect"));
socket.on("connect_error", (error) => {
  const { message, data, description, context } = error;
  say("connect_error", { message, data, status: description ?? context?.status });
});
socket.on("disconnect", (reason) => say("disconnect", reason));
socket.onAny((event, data) => say(event, data));

for await (const line of createInterface({ input: process.stdin })) {
  const { event, data } = JSON.parse(line);
  socket.emit(event, data, (answer) => say(`answer to ${event}`, answer));
}
socket.disconnect();
