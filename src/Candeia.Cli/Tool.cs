using System.CommandLine.Invocation;
using System.CommandLine;
using Candeia.Distributed;
using Candeia.Experiments;
using Candeia.Images;

namespace Candeia.Cli;

/// <summary>The command line as a whole: which commands there are, and how each run ends.</summary>
static class Tool
{
    public const int Ok = 0, Failed = 1, Misused = 2, Interrupted = 130;

    /// <summary>What several processes do together; all else each would do as a whole.</summary>
    static readonly string[] s_together = ["guess-the-correlation", "text-classification", "time-series", "language-model", "train-images", "train-table", "cluster"];

    public static async Task<int> RunAsync(string[] args)
    {
        Screen.SetUp();
        try
        {
            if (World.Ranks.Rank > 0) Screen.Mute();                        // MPI begins here, before threads are counted
        }
        catch (DistributedException e)
        {
            Screen.Complain(e.Message);
            return Failed;
        }
        SkiaCodecs.Register();
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return Usage.Explain(parsed);
        if (World.Ranks.Size > 1 && parsed.CommandResult.Command is var command && parsed.Action == command.Action && !s_together.Contains(command.Name))
            return Alone(command.Name);

        using var interrupt = new Interrupt();
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interrupt.Token);
        }
        catch (OperationCanceledException e) when (interrupt.Token.IsCancellationRequested)
        {
            Screen.Complain(e is StoppedException ? e.Message : "Stopped.");
            return Interrupted;
        }
#pragma warning disable CA1031 // the last place that can say what happened
        catch (Exception e)
#pragma warning restore CA1031
        {
            Screen.Complain(Failure.Describe(e));
            return Failed;
        }
    }

    static int Alone(string command)
    {
        if (World.Ranks.Rank == 0) Screen.Complain($"{command} is done by one process: start it without mpirun. Several share {string.Join(", ", s_together[..^1])}.");
        World.Ranks.Barrier();                                              // who leaves with a code ends the others
        return Misused;
    }

    public static RootCommand Root() => new("Deep learning in C#: reads the correlation off pictures of scatterplots, from making the data to a report.")
    {
        GuessTheCorrelationCommand.Create(),
        WhatIfCommand.Create(),
        TextClassificationCommand.Create(),
        ClassifyTextCommand.Create(),
        TimeSeriesCommand.Create(),
        LanguageModelCommand.Create(),
        GenerateCommand.Create(),
        EvaluateCommand.Create(),
        PredictCommand.Create(),
        TrainImagesCommand.Create(),
        ClassifyCommand.Create(),
        TrainTableCommand.Create(),
        PredictTableCommand.Create(),
        ServeCommand.Create(),
        PlayCommand.Create(),
        WatchCommand.Create(),
        Group("data", "Make scatterplots, or look at some.", DataGenerateCommand.Create(), DataShowCommand.Create()),
        Group("weights", "Look into files of weights, and convert them.", WeightsShowCommand.Create(), WeightsConvertCommand.Create()),
        ExportCommand.Create(),
        Group("onnx", "Look at ONNX files, or run them.", OnnxShowCommand.Create(), OnnxRunCommand.Create()),
        ClusterCommand.Create(),
        DevicesCommand.Create(),
        Group("bench", "Measure how fast this machine is.", BenchStepCommand.Create()),
    };

    static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands) group.Add(command);
        return group;
    }
}
