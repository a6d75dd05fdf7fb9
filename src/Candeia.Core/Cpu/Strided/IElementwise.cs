namespace Candeia;

/// <summary>What is done to neighbouring elements, wherever they lie in the tensors.</summary>
internal interface IElementwise
{
    /// <summary>Whether the second tensor's elements become the first's as they are, so that they need not be neighbours.</summary>
    static virtual bool Moves => false;

    /// <summary>Whether an input of two that is one number for all elements of a run may come as that number, once.</summary>
    static virtual bool TakesNumbers => false;

    void Run(Block block);
}
