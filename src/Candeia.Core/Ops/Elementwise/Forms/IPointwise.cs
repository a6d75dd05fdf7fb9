namespace Candeia;

/// <summary>An op whose result has at each place what comes of the inputs at that place: it can be a step of a chain, see <see cref="Chain"/>.</summary>
internal interface IPointwise
{
    /// <summary>What an element costs, about; a sum of two numbers costs 1.</summary>
    int Effort { get; }

    /// <summary>Whether results of inputs whose first is of this type may wait: a mere copy need not.</summary>
    bool MayWait(DType first) => true;

    /// <summary>Whether a result of this type is computed at once, together with what it reads and waits: what is rounded to be stored is wanted there.</summary>
    bool IsLast(DType result) => false;

    /// <summary>Runs the op's code on the result and the inputs, none of which are of types that are only stored.</summary>
    /// <param name="runs">The result, then the inputs.</param>
    /// <param name="result">The type of the result.</param>
    /// <param name="first">The type of the first input.</param>
    void Compute(Runs runs, DType result, DType first);
}
