namespace Candeia.Gpu;

/// <summary>Numbers of ops that are others at each step of a training: how far an optimizer goes, and where random numbers begin. But for these, one call is like another.</summary>
internal static class Varying
{
    /// <summary>The most numbers of an op.</summary>
    public const int Most = 9;

    /// <summary>The op without such numbers; the op itself, if it has none.</summary>
    public static Op Alike(Op op) => op switch
    {
        AdamStepOp adam => adam with { LearningRate = 0, Step = 0 },
        SgdStepOp sgd => sgd with { LearningRate = 0 },
        RandomOp random => random with { Start = default },
        AttentionOp { Dropout: > 0 } attention => attention with { Start = default },
        AttentionGradientsOp { Forward.Dropout: > 0 } gradients => gradients with { Forward = gradients.Forward with { Start = default } },
        _ => op,
    };

    /// <summary>Whether an op has numbers that <see cref="Numbers"/> gives.</summary>
    public static bool HasNumbers(Op op) => op is AdamStepOp or SgdStepOp;

    /// <summary>The numbers that the kernels of an optimizer are given, k0 and so on; how many there are.</summary>
    public static int Numbers(Op op, Span<double> k)
    {
        if (op is AdamStepOp adam)
        {
            (k[0], k[1]) = (adam.LearningRate / (1 - Math.Pow(adam.Beta1, adam.Step)), Math.Sqrt(1 - Math.Pow(adam.Beta2, adam.Step)));
            (k[2], k[3], k[4], k[5]) = (adam.Beta1, 1 - adam.Beta1, adam.Beta2, 1 - adam.Beta2);
            (k[6], k[7], k[8]) = (adam.WeightDecay, 1 - adam.LearningRate * adam.WeightDecay, adam.Epsilon);
            return 9;
        }
        var sgd = (SgdStepOp)op;
        (k[0], k[1], k[2], k[3]) = (sgd.LearningRate, sgd.Momentum, 1 - sgd.Dampening, sgd.WeightDecay);
        return 4;
    }

    /// <summary>Where the random numbers of an op begin: the key, the stream, and the place in it.</summary>
    public static ulong Start(Op op, int part)
    {
        var start = op switch { RandomOp random => random.Start, AttentionOp attention => attention.Start, AttentionGradientsOp gradients => gradients.Forward.Start, _ => default };
        return part switch { 0 => start.Key, 1 => start.Stream, _ => start.Position };
    }
}
