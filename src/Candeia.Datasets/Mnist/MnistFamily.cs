namespace Candeia.Datasets;

/// <summary>The data sets of 28×28 gray pictures that come in MNIST's format.</summary>
public enum MnistFamily
{
    /// <summary>Handwritten digits, 60 000 to learn from and 10 000 for the test (LeCun, Cortes, Burges).</summary>
    Mnist,

    /// <summary>Pieces of clothing in ten classes, 60 000 and 10 000 (Xiao, Rasul, Vollgraf, 2017).</summary>
    FashionMnist,

    /// <summary>Ten cursive Japanese characters, 60 000 and 10 000 (Clanuwat et al., 2018).</summary>
    KuzushijiMnist,

    /// <summary>Handwritten digits, 240 000 and 40 000 (Cohen et al., 2017); its pictures are turned upright.</summary>
    EmnistDigits,

    /// <summary>Handwritten letters, small and capital in one of 26 classes, 124 800 and 20 800.</summary>
    EmnistLetters,

    /// <summary>Digits and letters in 47 classes of equal size, 112 800 and 18 800.</summary>
    EmnistBalanced,

    /// <summary>Digits and letters in 62 classes as frequent as in writing, 697 932 and 116 323.</summary>
    EmnistByClass,

    /// <summary>The same with letters merged whose small and capital forms look alike: 47 classes.</summary>
    EmnistByMerge,

    /// <summary>The digits that MNIST was made from, prepared as the rest of EMNIST, 60 000 and 10 000.</summary>
    EmnistMnist,
}
