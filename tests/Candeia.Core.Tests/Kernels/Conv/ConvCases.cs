using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>Shapes that meet every edge of the convolution kernels.</summary>
internal static class ConvCases
{
    public static readonly ConvShape[] All =
    [
        new(1, 1, 1, 1, 1, 1, 1),
        new(2, 1, 13, 17, 32, 3, 3),                                                    // the first layer
        new(3, 1, 12, 10, 64, 3, 3) { PaddingHeight = 1, PaddingWidth = 2 },
        new(2, 1, 11, 10, 40, 3, 3),
        new(3, 5, 7, 9, 7, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 32, 9, 31, 64, 3, 3),
        new(1, 33, 8, 11, 65, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 64, 6, 6, 40, 1, 1),
        new(5, 16, 5, 7, 8, 1, 1) { StrideHeight = 2, StrideWidth = 2 },
        new(2, 3, 19, 23, 16, 7, 7) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 3, PaddingWidth = 3 },
        new(2, 6, 14, 14, 16, 5, 5),
        new(1, 4, 12, 10, 6, 3, 2) { StrideHeight = 3, StrideWidth = 1, PaddingHeight = 2, PaddingWidth = 1 },
        new(2, 4, 15, 16, 34, 3, 3) { DilationHeight = 2, DilationWidth = 3, PaddingHeight = 2, PaddingWidth = 3 },
        new(1, 8, 17, 15, 12, 3, 3) { StrideHeight = 2, StrideWidth = 3, DilationHeight = 2, DilationWidth = 2, PaddingHeight = 1, PaddingWidth = 4 },
        new(2, 5, 20, 21, 5, 3, 4) { StrideHeight = 4, StrideWidth = 6, DilationHeight = 6, DilationWidth = 4, PaddingHeight = 5, PaddingWidth = 6 },
        new(2, 12, 7, 8, 18, 3, 3) { Groups = 3, PaddingHeight = 1, PaddingWidth = 1 },
        new(1, 6, 9, 9, 72, 3, 3) { Groups = 2, StrideHeight = 2, StrideWidth = 2 },
        new(2, 8, 9, 9, 24, 3, 3) { Groups = 8, DilationHeight = 2, DilationWidth = 1 }, // depthwise with a multiplier
        new(2, 32, 9, 10, 32, 3, 3) { Groups = 32, PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 37, 11, 9, 37, 3, 5) { Groups = 37, StrideHeight = 2, StrideWidth = 1, PaddingHeight = 1, PaddingWidth = 2 },
        new(1, 40, 9, 12, 40, 3, 3) { Groups = 40, DilationHeight = 2, DilationWidth = 2, StrideHeight = 1, StrideWidth = 2 },
        new(1, 64, 12, 9, 64, 5, 5) { Groups = 64, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 2, PaddingWidth = 2 },      // depthwise up to its borders
        new(2, 32, 7, 6, 32, 3, 3) { Groups = 32, DilationHeight = 2, DilationWidth = 3, PaddingHeight = 2, PaddingWidth = 3 },
        new(1, 32, 3, 2, 32, 3, 3) { Groups = 32, PaddingHeight = 4, PaddingWidth = 5, StrideHeight = 1, StrideWidth = 2 },
        new(1, 32, 5, 1, 32, 1, 5) { Groups = 32, PaddingHeight = 0, PaddingWidth = 2 },
        new(1, 32, 1, 90, 32, 1, 5) { Groups = 32, PaddingWidth = 2, StrideWidth = 1 },      // one row, in pieces
        new(1, 7, 1, 70, 40, 1, 3),
        new(1, 24, 20, 19, 40, 1, 1),                                                   // one image, in pieces of pixels
        new(3, 5, 9, 31, 33, 1, 1),
        new(70, 8, 3, 3, 34, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },             // tiny images, several at once
        new(40, 9, 2, 2, 10, 2, 2),
        new(1, 2, 4, 5, 3, 3, 3) { PaddingHeight = 4, PaddingWidth = 5 },               // more padding than kernel
        new(1, 3, 40, 150, 33, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(0, 3, 5, 5, 4, 3, 3),
    ];

    public static TheoryData<string> Registers => ["V512 float", "V256 float", "V1 float", "V512 double", "V256 double", "V1 double"];
}
