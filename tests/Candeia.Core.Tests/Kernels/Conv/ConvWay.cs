namespace Candeia.Tests;

/// <summary>Which kernels compute a convolution.</summary>
enum ConvWay
{
    Direct,
    Winograd,

    /// <summary>Winograd, with the gradients of all tiles at once.</summary>
    WinogradDeep,

    /// <summary>The gradient of the input alone, as one product.</summary>
    Product,
}
