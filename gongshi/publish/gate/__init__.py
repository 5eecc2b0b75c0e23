"""The last look before anything becomes public: what must not be in a row, and what the store keeps to itself."""
