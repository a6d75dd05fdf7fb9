using System.CommandLine;
using System.Text.Json;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia bench step</c>: how fast the network learns and predicts here.</summary>
static class BenchStepCommand
{
    public static Command Create()
    {
        var batch = Number.Whole("--batch-size", 64, "Images per step.");
        var threads = Number.Threads();
        var device = Devices.Option("computes");
        var json = Flags.Json();
        var command = new Command("step", "Measure a training step and a prediction of the correlation network, in images per second.")
        {
            batch, threads, device, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            var speed = StepBench.Measure(parsed.GetValue(batch), Device.Named(parsed.GetRequiredValue(device)), cancel);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(speed, Json.Plain.StepSpeed));
            else foreach (var line in Lines(speed)) Screen.Say(FormattableString.Invariant(line));
            return Task.CompletedTask;
        });
        return command;
    }

    static FormattableString[] Lines(StepSpeed speed) =>
    [
        $"training    {speed.TrainImagesPerSecond,8:N0} images/s",
        $"prediction  {speed.InferenceImagesPerSecond,8:N0} images/s",
        $"median of {speed.Steps} steps of {speed.BatchSize} images each; {speed.Threads} threads, {speed.Machine.Vectors}",
        $"at most {speed.PeakMemoryBytes / 1e6:N0} MB of memory",
    ];
}
