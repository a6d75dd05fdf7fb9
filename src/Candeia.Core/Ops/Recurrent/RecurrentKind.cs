namespace Candeia;

/// <summary>What a recurrent layer computes in a step.</summary>
public enum RecurrentKind
{
    /// <summary>h' = tanh(W·x + U·h + b).</summary>
    Tanh,
    /// <summary>h' = max(W·x + U·h + b, 0).</summary>
    Relu,
    /// <summary>The long short-term memory (<see href="https://www.bioinf.jku.at/publications/older/2604.pdf">Hochreiter and Schmidhuber 1997</see>): gates i, f, g, o.</summary>
    Lstm,
    /// <summary>The gated recurrent unit (<see href="https://arxiv.org/abs/1406.1078">Cho et al. 2014</see>): gates r, z, n.</summary>
    Gru,
}
