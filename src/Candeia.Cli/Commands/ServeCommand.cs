using System.CommandLine;
using System.Net;
using Candeia.Experiments;
using Candeia.Serving;

namespace Candeia.Cli;

/// <summary><c>candeia serve</c>: a saved model over HTTP.</summary>
static class ServeCommand
{
    public static Command Create()
    {
        var model = Paths.Folder("--model", "A folder that one of the tool's trainings wrote, or an .onnx file.");
        var host = new Option<IPAddress>("--host")
        {
            Description = "The address to listen at; 0.0.0.0 lets other machines in.", HelpName = "IP", DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens[0].Value, out var address)) return address;
                result.AddError($"--host must be an address such as 127.0.0.1 or 0.0.0.0, not '{result.Tokens[0].Value}'");
                return null;
            },
        };
        var port = Ports.Create(8080);
        var most = Number.Whole("--max-batch", 32, "How many items are computed together at most.", max: 65536);
        var delay = Number.NotNegative("--delay", 0, "Milliseconds that the first of a batch waits for others; at most 60000.");
        delay.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() > 60_000) result.AddError("--delay must be at most 60000 milliseconds");
        });
        var queue = Number.Whole("--queue", 1024, "How many requests wait at most; more are refused with 429.");
        var bytes = Number.Whole("--max-request", 32, "How many MiB a request has at most.", max: 1024);
        var threads = Number.Threads();
        var command = new Command("serve", "Serve a saved model over HTTP: the Open Inference Protocol for programs, a page for people, numbers for Prometheus.")
        {
            model, host, port, most, delay, queue, bytes, threads,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            var batching = new BatchingOptions(parsed.GetValue(most), parsed.GetValue(queue)) { Delay = TimeSpan.FromMilliseconds(parsed.GetValue(delay)) };
            var settings = new ServeSettings(parsed.GetRequiredValue(model), parsed.GetRequiredValue(host), parsed.GetValue(port), batching, (int)Math.Min(int.MaxValue - 1, (long)parsed.GetValue(bytes) << 20));
            await ServeJob.RunAsync(settings, line => Screen.Say(line, indent: 4), cancel);
        });
        return command;
    }
}
