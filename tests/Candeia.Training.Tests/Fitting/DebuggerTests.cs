using System.Diagnostics;
using System.Reflection;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>What a debugger shows in one line; it evaluates the member that the attribute names.</summary>
public class DebuggerTests
{
    static string Shown(object value)
    {
        string text = value.GetType().GetCustomAttribute<DebuggerDisplayAttribute>(inherit: true)!.Value;
        Assert.EndsWith(",nq}", text, StringComparison.Ordinal);
        if (text == "{ToString(),nq}") return value.ToString()!;
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (type.GetProperty(text[1..^4], BindingFlags.Instance | BindingFlags.NonPublic) is { } property) return (string)property.GetValue(value)!;
        throw new MissingMemberException(text);
    }

    sealed class Net : Layer
    {
        readonly Linear fc = new(2, 1);

        public override Tensor Forward(Tensor x) => x.Apply(fc).Squeeze(1);
    }

    [Fact]
    public void One_line_says_what_matters()
    {
        var batch = new Batch(Tensor.Zeros([4, 2]), Tensor.Ones([4]));
        var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0), new MeanAbsoluteError()) with { Callbacks = [new NanWatch()] };
        Assert.Equal("x [4, 2], y [4]", Shown(batch));
        Assert.Equal("Linear 2→1, 3 parameters", Shown(new Linear(2, 1)));
        Assert.Equal("Net, 3 parameters; measures mae; callbacks NanWatch", Shown(learner));
        learner.Model.Parameters()[1].Detach().Fill(0);
        var fitted = learner.Fit([batch], 2, [batch]);
        Assert.Equal("Net, 2 epochs, the last: train loss 1 mae 1, valid loss 1 mae 1", Shown(fitted));
        Assert.Equal("2 epochs, the last: train loss 1 mae 1, valid loss 1 mae 1", Shown(fitted.History));
        Assert.Equal("loss 1 mae 1, 4 samples", Shown(fitted.History.Epochs[0].Train));
        Assert.Equal("Net, 3 parameters, in evaluation mode", Shown(fitted.Model));
    }
}
