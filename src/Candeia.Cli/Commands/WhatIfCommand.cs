using System.CommandLine;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.Gpu;
using Candeia.Training;

namespace Candeia.Cli;

/// <summary><c>candeia what-if</c>: the options of the experiments.</summary>
static class WhatIfCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Experiments, or all; without a name they are listed.", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list") { Description = "Say which experiments there are." };
        var quick = new Option<bool>("--quick") { Description = "Fewer images and epochs, smaller batches: all within ten minutes." };
        var data = Paths.Folder("--data", "data", "Where the scatterplots are, or will be.");
        var source = Choice.Of("--source", ["generate", "download"], "How to get them when they are not there.");
        var digits = Paths.Optional("--digits", "DIR", "A folder of IDX files (MNIST's, packed or not) instead of drawn digits; one pair of files is split.");
        var train = Number.Whole("--train", 10_000, "Images that the baseline learns from.");
        var valid = Number.Whole("--valid", 5_000, "Images to watch the learning on.");
        var test = Number.Whole("--test", 5_000, "Images to judge the result on.");
        var epochs = Number.Whole("--epochs", 10, "Passes of the baseline over its images.");
        var batch = Number.Whole("--batch-size", 64, "Images per step.");
        var rate = Number.Positive("--learning-rate", 1e-3, "Step size of the baseline's Adam.");
        var seed = Number.Seed("Gives the same networks again, and the same scatterplots where none are there yet.");
        var threads = Number.Threads();
        var device = Devices.Beside("For the experiment gpu: a name that candeia devices lists; the first beside cpu, if none is named.");
        var output = Paths.Folder("--out", "runs/what-if", "Gets the report and the results; what is there is not trained again.");
        var page = Paths.Optional("--page", "FILE", "A Markdown page that gets the answers between its marks <!-- answer: NAME --> and <!-- end -->.");
        var json = Flags.Json();
        var command = new Command("what-if", "Change one thing at a time, and find out: experiments on the tutorial's network.")
        {
            names, list, quick, data, source, digits, train, valid, test, epochs, batch, rate, seed, threads, device, output, page, json,
        };
        names.Validators.Add(result =>
        {
            if (result.Tokens.Select(t => t.Value).FirstOrDefault(name => !AllExperiments.Has(name)) is { } unknown)
                result.AddError($"There is no experiment '{unknown}'; there are {AllExperiments.Names}");
        });
        command.Validators.Add(result =>
        {
            bool lists = result.GetValue(list);
            bool named = result.GetResult(names) is { Tokens.Count: > 0 };
            var other = command.Options.FirstOrDefault(o => o != list && result.GetResult(o) is { Implicit: false });
            if (lists && (named || other is not null)) result.AddError($"--list stands alone; leave it out, or {(named ? "the names" : other!.Name)}");
            else if (!named && other is not null) result.AddError($"{other.Name} needs the NAME of an experiment, or all");
            else if (named && result.GetResult(digits) is not null && !AllExperiments.Named(result.GetValue(names)!, hasGraphics: false).Any(e => e.OfDigits))
                result.AddError("--digits is for the experiment digits; name that too, or leave it out");
            else if (named && result.GetResult(device) is not null && !AllExperiments.Named(result.GetValue(names)!, hasGraphics: true).Any(e => e.NeedsDevice))
                result.AddError("--device is for the experiment gpu; name that too, or leave it out");
        });
        command.SetAction((parsed, cancel) =>
        {
            string[] wanted = parsed.GetValue(names) ?? [];
            if (parsed.GetValue(list) || wanted.Length == 0)
            {
                foreach (var e in AllExperiments.List) Screen.Say($"{e.Name,-12} {e.Question}", indent: 13);
                return Task.CompletedTask;
            }
            IReadOnlyList<GpuInfo> beside = wanted.Any(name => name is "all" or "gpu") ? Devices.Found : [];
            string? where = parsed.GetValue(device) ?? (beside.Count > 0 ? beside[0].Name : null);
            var experiments = AllExperiments.Named(wanted, parsed.GetValue(device) is not null || beside.Any(d => !d.IsProcessor));
            if (where is null && experiments.Any(e => e.NeedsDevice))
                throw new UserException($"The experiment gpu needs a device beside the processor. {string.Join(' ', Devices.Missing)}");
            Threads.Count = parsed.GetValue(threads);
            bool small = parsed.GetValue(quick);
            int Size(Option<int> option, int quickly) => small && !parsed.Has(option) ? quickly : parsed.GetValue(option);
            var settings = new WhatIfSettings(
                parsed.GetRequiredValue(source), Size(train, 1_000), Size(valid, 300), Size(test, 300), Size(epochs, 3), Size(batch, 16),
                parsed.GetValue(rate), parsed.GetValue(seed)) { Device = where, DeviceIsProcessor = beside.Any(d => d.Name == where && d.IsProcessor) };
            bool asJson = parsed.GetValue(json);
            var story = asJson ? new Story(Screen.Errors(), new Progress(Console.Error)) : new Story();
            var job = new WhatIfJob(
                settings, experiments, parsed.GetRequiredValue(data), parsed.GetValue(digits), parsed.GetRequiredValue(output), story);
            var answers = job.Run(parsed.GetValue(page), cancel);
            if (asJson) Console.WriteLine(JsonSerializer.Serialize(answers, WhatIfJson.Plain.ListAnswer));
            return Task.CompletedTask;
        });
        return command;
    }
}
