using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.Onnx;

namespace Candeia.Cli;

/// <summary><c>candeia onnx run</c>: what an ONNX file computes of arrays, and how long it takes.</summary>
static class OnnxRunCommand
{
    public static Command Create()
    {
        var model = Paths.Argument("MODEL", "An ONNX file.");
        var inputs = Paths.File("--inputs", "An .npz file with an array for each input, under its name.");
        var output = Paths.File("--out", "The .npz file to write.");
        var repeat = Number.Whole("--repeat", 1, "How often to run it, after once to warm up, for the median of the times.");
        var threads = Number.Threads();
        var json = Flags.Json();
        var command = new Command("run", "Run an ONNX file on arrays of NumPy, write what comes out, and say the median time in milliseconds.") { model, inputs, output, repeat, threads, json };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            var (results, median) = Run(OnnxModel.Load(parsed.GetRequiredValue(model)), Npz.Load(parsed.GetRequiredValue(inputs)), parsed.GetValue(repeat), cancel);
            Npz.Save(parsed.GetRequiredValue(output), results);
            string[] said = [.. results.Select(r => $"{r.Key}: {r.Value.DType.Name()} {r.Value.Shape}")];
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new(median, parsed.GetValue(repeat), said), OnnxJson.Plain.OnnxTiming));
            else
            {
                foreach (string line in said) Screen.Say(Failure.OneLine($"output {line}"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {median:0.000} ms"));
            }
            return Task.CompletedTask;
        });
        return command;
    }

    static (OrderedDictionary<string, Tensor> Results, double Median) Run(OnnxModel model, IReadOnlyDictionary<string, Tensor> inputs, int repeat, CancellationToken cancel)
    {
        using var noGrad = Autograd.NoGrad();
        try
        {
            var results = model.Run(inputs);
            double[] times = new double[repeat];
            for (int i = 0; i < repeat; i++)
            {
                cancel.ThrowIfCancellationRequested();
                using var scope = Scope.Begin();
                long start = Stopwatch.GetTimestamp();
                foreach (var (_, y) in model.Run(inputs)) y.Settle();
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            Array.Sort(times);
            return (results, repeat % 2 == 1 ? times[repeat / 2] : (times[repeat / 2 - 1] + times[repeat / 2]) / 2);
        }
        catch (ArgumentException e) { throw new UserException(e.Message, e); }
    }
}
