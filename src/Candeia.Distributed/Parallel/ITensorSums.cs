namespace Candeia.Distributed;

/// <summary>Where ranks add up numbers that lie in tensors, and no message of theirs has to be copied for it.</summary>
internal interface ITensorSums
{
    /// <summary>A row of numbers of this rank, which the sums take the place of.</summary>
    Tensor Own { get; }

    /// <summary>Waits until this rank may write its numbers.</summary>
    void Begin();

    /// <summary>Adds up over all ranks, in the order of <see cref="OrderedSum"/>, or has it begun.</summary>
    void Sum();

    /// <summary>Waits until it is done.</summary>
    void Finish();

    /// <summary>A part of the sums, of as many numbers as there are for each rank; it is read alone.</summary>
    Tensor Part(int number);

    /// <summary>This rank has read the sums, or does not need them.</summary>
    void End();
}
