namespace Candeia;

/// <summary>What is done to neighbouring elements, wherever they lie in the tensors.</summary>
internal interface IElementwise
{
    void Run(Block block);
}
