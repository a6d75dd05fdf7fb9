using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Cli.Tests;

/// <summary>The shortest complete code that we show anywhere compiles and runs as it stands.</summary>
[Collection(nameof(Here))]
public class FirstCodeTests
{
    [Fact]
    public void The_whole_experiment_runs()
    {
        var (fitted, predictions) = FirstCode.Run();
        Assert.True(predictions.Shape is [5]);
        Assert.Equal(10, fitted.History.Epochs.Count);
        Assert.Equal(3_304_193, fitted.Model.Parameters().Sum(p => p.Numel));
        Assert.All(fitted.History.Epochs, epoch => Assert.True(double.IsFinite(epoch.Train.Loss) && double.IsFinite(epoch.Valid!.Loss)));
    }

    [Fact]
    public void A_loop_of_ones_own_changes_every_parameter()
    {
        Generator.Seed(5);
        var before = new FirstCode.CorrelationNet().Parameters();
        Generator.Seed(5);
        var after = FirstCode.Loop(new TensorDataset(Tensor.Rand([4, 1, 130, 130]), Tensor.Rand([4]))).Parameters();
        Assert.All(before.Zip(after), p => Assert.NotEqual(p.First.ToArray<float>(), p.Second.ToArray<float>()));
    }

    [SkippableFact]
    public void It_is_the_code_of_the_design()
    {
        string compiled = Documents.Normal(Documents.Read("tests", "Candeia.Cli.Tests", "Tutorials", "FirstCode.cs"));
        string design = File.ReadAllText(SharedFolder.Require("DESIGN.md"));
        string[] parts = [.. Documents.CSharp(design).SelectMany(block => block.Split("\n\nsealed "))];
        Assert.Equal(3, parts.Length);
        Assert.All(parts, part => Assert.Contains(Documents.Normal(part), compiled, StringComparison.Ordinal));
    }
}
