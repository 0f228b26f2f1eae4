// Starts `racesc lsp` and lets VS Code talk to it; everything else is in the server.

const path = require("path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function serverCommand() {
  const [command, ...args] = vscode.workspace.getConfiguration("races").get("command");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  // A bare name is looked up in PATH, a relative path starts at the open folder.
  const relative = /[\\/]/.test(command) && !path.isAbsolute(command);
  return { command: relative && folder ? path.join(folder, command) : command, args };
}

async function start(context) {
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.{races,py}");
  context.subscriptions.push(watcher);
  client = new LanguageClient("races", "races", serverCommand(), {
    documentSelector: [{ language: "races" }],
    synchronize: { fileEvents: watcher },
  });
  try {
    await client.start();
  } catch (problem) {
    vscode.window.showErrorMessage(
      `races: the language server does not start (${problem.message}). Install it with ` +
        "`pip install 'racesc[lsp]'`, or say where it is in the setting `races.command`."
    );
  }
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("races.restart", async () => {
      await client?.stop().catch(() => {});
      await start(context);
    })
  );
  await start(context);
}

async function deactivate() {
  await client?.stop();
}

module.exports = { activate, deactivate };
